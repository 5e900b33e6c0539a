// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number kept as it was written, for the forms that Jackson's own nodes would change ({@code 1.50}, {@code 1e3},
 * {@code -0}). Plain integers are ordinary nodes; two literals are equal when their text is.
 */
final class NumberLiteral extends NumericNode {
    private static final long serialVersionUID = 1L;

    private final String text;

    NumberLiteral(String text) {
        this.text = text;
    }

    @Override
    public JsonToken asToken() {
        return JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Override
    public JsonParser.NumberType numberType() {
        return JsonParser.NumberType.BIG_DECIMAL;
    }

    @Override
    public Number numberValue() {
        return decimalValue();
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    /** Exact where a long can be; the nearest long beyond. */
    @Override
    public long longValue() {
        double near = doubleValue();
        boolean exact = Math.abs(near) >= 1 && Math.abs(near) < Long.MAX_VALUE;
        return exact ? decimalValue().longValue() : (long) near;
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    @Override
    public BigDecimal decimalValue() {
        return new BigDecimal(text);
    }

    @Override
    public BigInteger bigIntegerValue() {
        return decimalValue().toBigInteger();
    }

    @Override
    public boolean canConvertToInt() {
        return false;
    }

    @Override
    public boolean canConvertToLong() {
        return false;
    }

    @Override
    public String asText() {
        return text;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeNumber(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberLiteral literal && literal.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
