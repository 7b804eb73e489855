package com.ourvidz.core.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListedAssetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a red Lighthouse, by the sea! | a-red-lighthouse-by-the-sea-7.png
            ../../etc/passwd              | etc-passwd-7.png
            C:\\fox?.exe                   | c-fox-exe-7.png
            '  ...  '                     | sdxl_image_fast-7.png
            ''                            | sdxl_image_fast-7.png
            der Fuchs im Schnee, schön    | der-fuchs-im-schnee-schön-7.png
            雪の中の狐                     | 雪の中の狐-7.png
            """)
    void itsNameIsThePromptsWordsAndLeadsNowhere(String prompt, String name) {
        assertThat(named(prompt)).isEqualTo(name);
    }

    @Test
    void aLongPromptGivesANameThatEveryDiskTakes() {
        assertThat(named("\uD83E\uDD8A fox ".repeat(1_000))).hasSizeLessThan(60).endsWith("-7.png");
        assertThat(named("\uD842\uDFB7".repeat(4_000)).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(240);
    }

    private static String named(String prompt) {
        var asset = new Asset(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "ann",
                "sdxl_image_fast",
                0,
                "sdxl_image_fast/x.png",
                "image/png",
                1,
                0,
                Instant.EPOCH);
        return new ListedAsset(asset, prompt, 7, Optional.empty(), false).fileName();
    }
}
