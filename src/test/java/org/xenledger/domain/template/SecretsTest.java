// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenledger.domain.template.Trees.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private static final String PASSWORD = "hunter2";
    private static final String FINGERPRINT = "secret:[0-9a-f]{16}";
    private static final String TEMPLATE = """
            {"c_info":{"name":"hunter2","uuid":"5814e8a6-6120-43fd-bb68-051553960d55"},
             "b_info":{"type.hvm":{"vnc":{"enable":"True","passwd":"hunter2"},
                                   "spice":{"port":5900,"passwd":"hunter2","disable_ticketing":"False"}}},
             "vfbs":[{"devid":0,"vnc":{"passwd":"hunter2","listen":"::1"}},{"devid":1,"vnc":{"passwd":"other"}}],
             "unknown":[[{"passwd":"hunter2"}]],
             "passwd":"hunter2"}""";
    private static final Secrets SECRETS = secrets("the key of the ledger");

    @Test
    void aPasswordIsMaskedWhereverItStands() {
        ObjectNode masked = SECRETS.mask(object(TEMPLATE));
        assertThat(masked.toString()).doesNotContain("\"passwd\":\"hunter2\"").doesNotContain("other");
        for (String place : new String[] {
            "/b_info/type.hvm/vnc/passwd",
            "/b_info/type.hvm/spice/passwd",
            "/vfbs/0/vnc/passwd",
            "/vfbs/1/vnc/passwd",
            "/unknown/0/0/passwd",
            "/passwd"
        }) {
            assertThat(masked.at(place).textValue()).as(place).matches(FINGERPRINT);
        }
    }

    @Test
    void nothingElseIsTouchedAndTheOrderIsKept() {
        String masked = LibxlStyle.print(SECRETS.mask(object(TEMPLATE)));
        String fingerprint = fingerprint(SECRETS, PASSWORD);
        String other = fingerprint(SECRETS, "other");
        assertThat(masked.replace(fingerprint, PASSWORD).replace(other, "other"))
                .isEqualTo(LibxlStyle.print(object(TEMPLATE)));
        assertThat(masked).contains("\"name\": \"hunter2\"");
    }

    @Test
    void theOriginalIsLeftAsItIs() {
        ObjectNode template = object(TEMPLATE);
        assertThat(SECRETS.mask(template)).isNotEqualTo(template);
        assertThat(template).isEqualTo(object(TEMPLATE));
    }

    @Test
    void theSameSecretHasTheSameFingerprintAndAnotherOneAnother() {
        assertThat(fingerprint(SECRETS, PASSWORD))
                .isEqualTo(fingerprint(secrets("the key of the ledger"), PASSWORD))
                .isNotEqualTo(fingerprint(SECRETS, "hunter3"));
    }

    @Test
    void underAnotherKeyTheFingerprintIsAnother() {
        assertThat(fingerprint(SECRETS, PASSWORD)).isNotEqualTo(fingerprint(secrets("another key"), PASSWORD));
    }

    @Test
    void aTemplateAndABackendShowTheSameFingerprintOfOneSecret() {
        assertThat(SECRETS.mask(Map.of("vncpasswd", PASSWORD)))
                .containsEntry("vncpasswd", fingerprint(SECRETS, PASSWORD));
    }

    @Test
    void anEmptyPasswordStaysEmpty() {
        assertThat(SECRETS.mask(object("{\"passwd\":\"\"}"))).isEqualTo(object("{\"passwd\":\"\"}"));
        assertThat(SECRETS.mask(Map.of("vncpasswd", ""))).containsEntry("vncpasswd", "");
    }

    @Test
    void aPasswordThatSomebodyWroteAsANumberIsMaskedToo() {
        assertThat(SECRETS.mask(object("{\"passwd\":123456}")).get("passwd").asText())
                .isEqualTo(fingerprint(SECRETS, "123456"));
    }

    @Test
    void aPasswordThatIsNullOrNoValueIsLeft() {
        ObjectNode none = object("{\"passwd\":null,\"vncpasswd\":{\"x\":1}}");
        assertThat(SECRETS.mask(none)).isEqualTo(none);
    }

    @Test
    void onlyThePasswordsAmongTheNodesOfADeviceAreMasked() {
        Map<String, String> nodes = Map.of("vnc", "1", "vncpasswd", PASSWORD, "passwd", PASSWORD, "domain", PASSWORD);
        Map<String, String> masked = SECRETS.mask(nodes);
        assertThat(masked).hasSize(4).containsEntry("vnc", "1").containsEntry("domain", PASSWORD);
        assertThat(masked.get("vncpasswd")).matches(FINGERPRINT);
        assertThat(masked.get("passwd")).matches(FINGERPRINT);
        assertThat(nodes).containsEntry("vncpasswd", PASSWORD);
    }

    private static String fingerprint(Secrets secrets, String password) {
        return secrets.mask(Map.of("passwd", password)).get("passwd");
    }

    private static Secrets secrets(String key) {
        return new Secrets(key.getBytes(StandardCharsets.UTF_8));
    }
}
