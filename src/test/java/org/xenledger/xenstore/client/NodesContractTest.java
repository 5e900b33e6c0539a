// SPDX-License-Identifier: Apache-2.0
package org.xenledger.xenstore.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xenledger.xenstore.OxenstoredDifference;
import org.xenledger.xenstore.wire.MessageType;
import org.xenledger.xenstore.wire.XenstorePermission;

class NodesContractTest extends ClientContract {
    private static final XenstorePermission OWNER_0 = new XenstorePermission('n', 0);

    @Test
    void aWriteMakesTheNodeAndThoseAboveItWithEmptyValues() {
        client.write("/a/b/c", "value");
        assertThat(client.read("/a/b/c")).isEqualTo("value");
        assertThat(client.read("/a/b")).isEmpty();
        assertThat(client.children("/a/b")).containsExactly("c");
        assertThat(client.children("/a/b/c")).isEmpty();
    }

    @Test
    void aValueIsAnyBytesAndHasNoNulAdded() {
        String bytes = IntStream.range(0, 256).mapToObj(Character::toString).collect(Collectors.joining());
        client.write("/a", bytes);
        assertThat(client.read("/a")).isEqualTo(bytes);
        assertThatThrownBy(() -> client.write("/a", "\u0100")).isInstanceOf(IllegalArgumentException.class);
        assertThat(client.read("/a")).isEqualTo(bytes);
    }

    @Test
    void aRequestOfExactlyTheLimitIsGoodAndALongerOneIsNeverSent() {
        client.write("/a", "x".repeat(4096 - 3));
        assertThat(client.read("/a")).hasSize(4093);
        assertRefused("E2BIG", () -> client.write("/a", "x".repeat(4096 - 2)));
        assertThat(client.read("/a")).as("the connection is as good as before").hasSize(4093);
    }

    @Test
    void whatIsMissingIsEnoent() {
        assertRefused("ENOENT", () -> client.read("/none"));
        assertRefused("ENOENT", () -> client.children("/none"));
        assertRefused("ENOENT", () -> client.permissions("/none"));
        assertRefused("ENOENT", () -> client.setPermissions("/none", List.of(OWNER_0)));
    }

    @Test
    void aDirectoryThatIsThereStaysAsItIs() {
        client.makeDirectory("/a/b");
        assertThat(client.read("/a/b")).isEmpty();
        client.write("/a/b", "value");
        client.makeDirectory("/a/b");
        assertThat(client.read("/a/b")).isEqualTo("value");
    }

    @Test
    void aNodeIsRemovedWithAllBelowItAndMayBeMissingBelowAParent() {
        client.write("/a/b/c/d", "");
        client.remove("/a/b");
        assertThat(client.children("/a")).isEmpty();
        client.remove("/a/b");
        assertRefused("ENOENT", () -> client.remove("/a/b/c"));
    }

    @Test
    void theRootIsNotForRemoving() {
        client.write("/a", "");
        if (differs(OxenstoredDifference.ROOT_CAN_BE_REMOVED)) {
            client.remove("/");
            assertThat(client.children("/")).doesNotContain("a");
        } else {
            assertRefused("EINVAL", () -> client.remove("/"));
            assertThat(client.children("/")).contains("a");
        }
    }

    @Test
    void aPathOfAnotherFormIsEinval() {
        for (String path : List.of("/a//b", "/a/", "/a b", "/a.b", "/\u00e4", "")) {
            assertRefused("EINVAL", () -> client.write(path, ""));
        }
    }

    @Test
    void aPathThatIsTooLongIsEinval() {
        String parent = "/" + "d/".repeat(900);
        client.write(parent + "x".repeat(200), "long");
        assertThat(client.read(parent + "x".repeat(200))).isEqualTo("long");
        assertRefused("EINVAL", () -> client.write("/" + "x".repeat(3500), ""));
    }

    @Test
    void aRelativePathIsDomain0s() {
        client.write("data/a", "mine");
        assertThat(client.read("/local/domain/0/data/a")).isEqualTo("mine");
    }

    @Test
    void childrenComeInTheDaemonsOrder() {
        for (String name : List.of("c", "a", "b")) {
            client.write("/top/" + name, "");
        }
        client.remove("/top/a");
        client.write("/top/a", "");
        boolean sorted = differs(OxenstoredDifference.CHILDREN_ARE_SORTED);
        assertThat(client.children("/top")).isEqualTo(sorted ? List.of("a", "b", "c") : List.of("c", "b", "a"));
    }

    @Test
    void theSpecialWatchesAreNoNodes() {
        List<String> names = client.children("/");
        assertThat(names.contains("@releaseDomain"))
                .isEqualTo(differs(OxenstoredDifference.SPECIAL_WATCHES_ARE_LISTED));
    }

    @Test
    void aListOfAnyLengthIsWhole() {
        List<String> names = new ArrayList<>();
        for (int i = 100; i < 900; i++) {
            names.add("a-rather-long-name-" + i);
            client.write("/top/" + names.get(names.size() - 1), "");
        }
        assertThat(client.children("/top")).isEqualTo(names);
        assertThat(client.<List<String>>transaction(transaction -> transaction.children("/top")))
                .isEqualTo(names);
        if (differs(OxenstoredDifference.LISTS_COME_WHOLE)) {
            assertRefused("ENOSYS", () -> client.ask(MessageType.DIRECTORY_PART, "/top", "0"));
        }
    }

    @Test
    void permissionsAreReadAsTheyWereSet() {
        client.write("/a", "");
        List<XenstorePermission> permissions =
                List.of(OWNER_0, new XenstorePermission('r', 32751), new XenstorePermission('b', 5));
        client.setPermissions("/a", permissions);
        assertThat(client.permissions("/a")).isEqualTo(permissions);
        client.write("/a/below", "");
        assertThat(client.permissions("/a/below")).as("inherited").isEqualTo(permissions);
        assertRefused("EINVAL", () -> client.setPermissions("/a", List.of(new XenstorePermission('x', 0))));
    }

    @Test
    void anOwnerMustExist() {
        client.write("/a", "");
        List<XenstorePermission> permissions = List.of(new XenstorePermission('n', 77));
        if (differs(OxenstoredDifference.ANY_OWNER_IS_TAKEN)) {
            client.setPermissions("/a", permissions);
            assertThat(client.permissions("/a")).isEqualTo(permissions);
        } else {
            assertRefused("ENOENT", () -> client.setPermissions("/a", permissions));
        }
    }

    @Test
    void domainsHaveAPathAndAreIntroducedAndReleased() throws Exception {
        assertThat(client.domainPath(7)).isEqualTo("/local/domain/7");
        assertThat(client.isIntroduced(0)).isTrue();
        assertThat(client.isIntroduced(7)).isFalse();
        daemon.introduce(7, client);
        assertThat(client.isIntroduced(7)).isTrue();
        client.release(7);
        assertThat(client.isIntroduced(7)).isFalse();
    }

    @Test
    void aDomainThatDoesNotExistCannotBeIntroduced() {
        String error = differs(OxenstoredDifference.INTRODUCE_OF_NONE_IS_EINVAL) ? "EINVAL" : "ENOENT";
        assertRefused(error, () -> client.introduce(9, 1, 3));
    }
}
