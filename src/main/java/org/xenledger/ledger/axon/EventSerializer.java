// SPDX-License-Identifier: Apache-2.0
package org.xenledger.ledger.axon;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.json.JacksonSerializer;
import org.xenledger.domain.event.DomainEvent;
import org.xenledger.ledger.EventCodec;

/** Axon's Jackson serializer, but for our events, whose names and forms are the {@link EventCodec}'s. */
final class EventSerializer extends JacksonSerializer {
    private static final int EMPTY_JSON = 2;

    private final EventCodec codec;

    EventSerializer(EventCodec codec) {
        super(builder());
        this.codec = codec;
    }

    @Override
    public <T> SerializedObject<T> serialize(Object object, Class<T> expected) {
        if (object instanceof DomainEvent event) {
            T data = getConverter().convert(codec.encode(event), expected);
            return new SimpleSerializedObject<>(data, expected, typeOf(event));
        }
        return super.serialize(object, expected);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        if (serialized.getType().getName().equals(MetaData.class.getName())
                && serialized.getData() instanceof byte[] bytes
                && bytes.length == EMPTY_JSON) {
            return (T) MetaData.emptyInstance();
        }
        if (!isOurs(serialized.getType())) {
            return super.deserialize(serialized);
        }
        byte[] payload = getConverter().convert(serialized, byte[].class).getData();
        SerializedType type = serialized.getType();
        return (T) codec.decode(type.getName(), Integer.parseInt(type.getRevision()), payload);
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class classForType(SerializedType type) {
        return isOurs(type) ? codec.typeOf(type.getName()) : super.classForType(type);
    }

    private SerializedType typeOf(DomainEvent event) {
        return new SimpleSerializedType(codec.kindOf(event), Integer.toString(codec.revisionOf(event)));
    }

    /** Names of classes have a package, names of events have none. */
    private static boolean isOurs(SerializedType type) {
        return type.getRevision() != null && type.getName().indexOf('.') < 0;
    }
}
