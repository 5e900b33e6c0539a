// SPDX-License-Identifier: Apache-2.0
package org.xenledger.domain.device;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VdevTest {
    private static final int EXTENDED = 1 << 28;
    private static final int LAST_EXTENDED_DISK = (1 << 20) - 1;

    @ParameterizedTest
    @CsvSource({
        "xvda, 51712",
        "xvda1, 51713",
        "xvda15, 51727",
        "xvdb, 51728",
        "xvdp, 51952",
        "xvdp15, 51967",
        "d0p0, 51712",
        "d0p1, 51713",
        "d15p15, 51967",
    })
    void anXvdWithinSixteenDisksAndPartitionsHasMajor202(String vdev, int number) {
        assertThat(Vdev.numberOf(vdev)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource({
        "xvdq, 268439552",
        "xvda16, 268435472",
        "xvdp16, 268439312",
        "xvdaa, 268442112",
        "d536p37, 268572709",
        "xvdtq37, 268572709",
        "xvda255, 268435711",
        "d16p0, 268439552",
        "d1048575p255, 536870911",
        "xvdbgqcv255, 536870911",
    })
    void anXvdBeyondEitherLimitIsExtended(String vdev, int number) {
        assertThat(Vdev.numberOf(vdev)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource({
        "hda, 768",
        "hda1, 769",
        "hda63, 831",
        "hdb, 832",
        "hdb63, 895",
        "hdc, 5632",
        "hdd, 5696",
        "hdd63, 5759",
    })
    void anHdIsOnTheFirstOrSecondIdeController(String vdev, int number) {
        assertThat(Vdev.numberOf(vdev)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource({"sda, 2048", "sda1, 2049", "sda15, 2063", "sdb, 2064", "sdp, 2288", "sdp15, 2303"})
    void anSdHasMajor8(String vdev, int number) {
        assertThat(Vdev.numberOf(vdev)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource({
        "51712, 51712",
        "0, 0",
        "00, 0",
        "0xca00, 51712",
        "0XCA00, 51712",
        "0145000, 51712",
        "000000000000000000145000, 51712",
        "0x000000000000000000ca00, 51712",
        "2147483647, 2147483647",
        "0x7fffffff, 2147483647",
        "017777777777, 2147483647",
    })
    void aPlainNumberStandsForItselfInDecimalHexOrOctal(String vdev, int number) {
        assertThat(Vdev.numberOf(vdev)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource({"d010p0, 51840", "d0x10p0, 268439552", "d0p010, 51720", "d00p0x1, 51713"})
    void theNumbersOfTheLongFormMayBeHexOrOctalToo(String vdev, int number) {
        assertThat(Vdev.numberOf(vdev)).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2147483648",
                "4294967295",
                "4294967296",
                "9999999999",
                "99999999999999999999",
                "0x80000000",
                "0xffffffff",
                "0x123456789",
                "020000000000",
                "0777777777777777777777777",
            })
    void aNumberAboveIntMaxIsNoVdev(String vdev) {
        assertThat(Vdev.numberOf(vdev)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hde",
                "hda64",
                "hdaa",
                "sdq",
                "sda16",
                "sdaa",
                "xvda256",
                "xvdbgqcw",
                "xvdzzzzzz",
                "xvdzzzzzzzzzzzzzzzzzzzz",
                "xvda99999999999999999999",
                "d1048576p0",
                "d0p256",
                "d4294967296p0",
                "d0p4294967296",
                "d99999999999999999999p0",
            })
    void aDiskOrPartitionBeyondTheLimitsOfItsFormIsNoVdev(String vdev) {
        assertThat(Vdev.numberOf(vdev)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xvda0", "xvda00", "xvda01", "xvda016", "hda0", "hda01", "sda0", "sda01"})
    void aPartitionWithALeadingZeroIsNoVdev(String vdev) {
        assertThat(Vdev.numberOf(vdev)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "xvd",
                "xvd1",
                "hd",
                "sd",
                "d0",
                "d0p",
                "dp0",
                "d-1p0",
                "d08p0",
                "d0p0 ",
                "d0p0x",
                " xvda",
                "xvda ",
                "xvda\n",
                "xvdA",
                "XVDA",
                "xvda1b",
                "xvda-1",
                "xvda+1",
                "xvd\u00e4",
                "xvda\u0661",
                "vda",
                "fd0",
                "51712 ",
                " 51712",
                "+51712",
                "-1",
                "-0",
                "08",
                "0x",
                "0xg",
                "1e3",
                "51712.0",
                "\u0665\u0661",
            })
    void junkIsNoVdev(String vdev) {
        assertThat(Vdev.numberOf(vdev)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "51712, xvda",
        "51713, xvda1",
        "51967, xvdp15",
        "268439552, xvdq",
        "268435472, xvda16",
        "268572709, xvdtq37",
        "536870911, xvdbgqcv255",
    })
    void anXvdNumberHasItsOwnName(int number, String name) {
        assertThat(Vdev.nameOf(number)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"768, xvda", "769, xvda1", "832, xvde", "5696, xvde", "2064, xvdb", "0, xvda", "255, xvdp15"})
    void anyOtherNumberIsNamedByItsLowEightBits(int number, String name) {
        assertThat(Vdev.nameOf(number)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"805306368, xvddohgs", "2147483647, xvdpaozx255"})
    void theBitsAboveTheExtendedOnesCountAsPartOfTheDisk(int number, String name) {
        assertThat(Vdev.nameOf(number)).isEqualTo(name);
    }

    @Property
    void anOrdinaryXvdNumberSurvivesTheWayToItsNameAndBack(@ForAll @IntRange(max = 255) int minor) {
        int number = 202 << 8 | minor;
        assertThat(Vdev.numberOf(Vdev.nameOf(number))).hasValue(number);
    }

    @Property
    void anExtendedXvdNumberSurvivesTheWayToItsNameAndBack(
            @ForAll @IntRange(max = LAST_EXTENDED_DISK) int disk, @ForAll @IntRange(max = 255) int partition) {
        Assume.that(disk > 15 || partition > 15);
        int number = EXTENDED | disk << 8 | partition;
        assertThat(Vdev.numberOf(Vdev.nameOf(number))).hasValue(number);
    }

    @Property
    void theLongFormIsTheSameDiskAsTheNameWithLetters(
            @ForAll @IntRange(max = LAST_EXTENDED_DISK) int disk, @ForAll @IntRange(max = 255) int partition) {
        int number = Vdev.numberOf("d" + disk + "p" + partition).orElseThrow();
        assertThat(Vdev.numberOf(Vdev.nameOf(number))).hasValue(number);
    }

    @Property
    void noTextGivesANegativeNumberOrAnException(
            @ForAll @Chars({'x', 'v', 'd', 'h', 's', 'p', 'a', 'z', '0', '7', '9'}) String text) {
        Vdev.numberOf(text).ifPresent(number -> assertThat(number).isNotNegative());
    }
}
