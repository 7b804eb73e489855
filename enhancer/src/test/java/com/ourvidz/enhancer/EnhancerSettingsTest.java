package com.ourvidz.enhancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.ourvidz.enhancer.EnhancerSettings.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnhancerSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void withoutAnyTheGrammarWritesInThePromptsLanguage() {
        var settings = EnhancerSettings.read(name -> Optional.empty());
        assertThat(settings.source()).isEqualTo(new Source.Grammar());
        assertThat(settings.language()).isEqualTo(Language.PROMPT);
        assertThat(settings.temperature()).isEqualTo(0.7);
        assertThat(settings.tokens()).isEqualTo(512);
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.tries()).isEqualTo(2);
        assertThat(settings.pause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.environment()).isEmpty();
    }

    @Test
    void aWorkerIsToldWhatWasGiven() {
        assertThat(Settings.of("URL", "http://127.0.0.1:11434/v1", "NAME", "qwen2.5:7b")
                        .environment())
                .containsEntry("OURVIDZ_ENHANCER_URL", "http://127.0.0.1:11434/v1")
                .containsEntry("OURVIDZ_ENHANCER_NAME", "qwen2.5:7b");
    }

    @Test
    void aServerIsDescribedWithoutItsKey() {
        var settings = Settings.of("URL", "https://llm.example/v1", "NAME", "qwen", "KEY", "secret");
        assertThat(settings.source())
                .isEqualTo(new Source.Endpoint(URI.create("https://llm.example/v1"), Optional.of("secret"), "qwen"));
        assertThat(settings.describe()).isEqualTo("qwen at https://llm.example/v1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MODEL       | no-such-file.gguf
            URL         | llm.example
            URL         | ftp://llm.example
            LANGUAGE    | fr
            INSTRUCTION | no-such-file.txt
            TEMPERATURE | warm
            TEMPERATURE | 3
            TOKENS      | 0
            TOKENS      | 1.5
            TIMEOUT     | 0
            TRIES       | 0
            PAUSE       | -1
            """)
    void whatCannotBeUsedIsSaidWithItsName(String setting, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(setting, value))
                .withMessageStartingWith("OURVIDZ_ENHANCER_" + setting + " must be");
    }

    @Test
    void aFileThatIsNoGgufAndAServerWithoutAModelAreRefused() throws IOException {
        var text = Files.writeString(folder.resolve("model.gguf"), "a fox");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of("MODEL", text.toString()))
                .withMessageContaining("must be a GGUF file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of("URL", "http://127.0.0.1:11434/v1"))
                .withMessageStartingWith("OURVIDZ_ENHANCER_NAME must");
        var model = Files.writeString(folder.resolve("model.gguf"), "GGUF").toString();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of("MODEL", model, "URL", "http://127.0.0.1/v1", "NAME", "qwen"))
                .withMessageContaining("one of them is enough");
    }

    @Test
    void anInstructionThatIsNoTextIsRefused() throws IOException {
        var file = Files.write(folder.resolve("instruction.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of("INSTRUCTION", file.toString()))
                .withMessageStartingWith("OURVIDZ_ENHANCER_INSTRUCTION names");
    }

    @Test
    void anOperatorsInstructionTakesThePlaceOfOurs() throws IOException {
        var file = Files.writeString(folder.resolve("instruction.txt"), "Describe a {kind} in {language}.\n");
        assertThat(Instruction.load(Optional.of(file)).about(new EnhanceRequest("a fox", Language.ZH, true, 7)))
                .isEqualTo("Describe a video in simplified Chinese.");
    }
}
