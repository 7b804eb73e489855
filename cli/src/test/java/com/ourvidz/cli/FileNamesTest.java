package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {

    @ParameterizedTest
    @CsvSource({
        "a red lighthouse, a-red-lighthouse",
        "'  Snow: a FOX!  ', snow-a-fox",
        "../../etc/passwd, etc-passwd",
        "市場の通り, 市場の通り",
        "'!?', picture",
        "a very long prompt that goes on about all that there is to see, a-very-long-prompt-that-goes-on-about-all-that-t"
    })
    void aNameSaysWhatThePromptSays(String prompt, String slug) {
        assertThat(FileNames.slug(prompt)).isEqualTo(slug);
    }

    @Test
    void aFileThatExistsIsNotOverwritten(@TempDir Path folder) throws IOException {
        var first = FileNames.free(folder, "a fox", 7, "png");
        Files.createFile(first);
        assertThat(first.getFileName()).hasToString("a-fox-7.png");
        assertThat(FileNames.free(folder, "a fox", 7, "png").getFileName()).hasToString("a-fox-7-2.png");
    }
}
