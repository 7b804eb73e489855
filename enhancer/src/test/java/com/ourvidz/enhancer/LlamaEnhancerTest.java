package com.ourvidz.enhancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.ourvidz.enhancer.Enhancer.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models with the Qwen2 architecture, made here, in real llama.cpp. */
class LlamaEnhancerTest {

    private static final String[] LIGHTHOUSE = {
        "A", " red", " lighthouse", " on", " a", " cliff", " at", " dusk", ".", " Waves", " below", "!"
    };

    @TempDir
    private Path folder;

    private final List<LlamaEnhancer> enhancers = new ArrayList<>();

    @AfterEach
    void unload() {
        enhancers.forEach(LlamaEnhancer::unload);
    }

    @Test
    void anAnswerIsStreamedPieceByPieceAndStopsAtTheStopToken() throws Exception {
        var model = TinyQwen.saying(folder.resolve("lighthouse-7b.gguf"), LIGHTHOUSE);
        var heard = new ArrayList<String>();
        var enhancer = enhancer(model);
        assertThat(enhancer.name()).isEqualTo("lighthouse-7b");
        assertThat(enhancer.enhance(Settings.request("a lighthouse"), heard::add))
                .isEqualTo("A red lighthouse on a cliff at dusk. Waves below!");
        assertThat(heard).contains("A red lighthouse", "A red lighthouse on a cliff at dusk. Waves");
    }

    @Test
    void theModelIsLoadedOnceForSeveralPromptsAndIsGoneWhenItIsUnloaded() throws Exception {
        var model = TinyQwen.saying(folder.resolve("lighthouse.gguf"), LIGHTHOUSE);
        var enhancer = enhancer(model);
        enhancer.enhance(Settings.request("a lighthouse"), Progress.NONE);
        var process = process().orElseThrow();
        enhancer.enhance(Settings.request("another lighthouse"), Progress.NONE);
        assertThat(process()).contains(process);
        enhancer.unload();
        assertThat(process.isAlive()).isFalse();
        assertThat(enhancer.enhance(Settings.request("a third one"), Progress.NONE))
                .startsWith("A red lighthouse");
        enhancer.unload();
        assertThat(process()).isEmpty();
    }

    @Test
    void theChatTemplateOfTheFileIsUsed() throws Exception {
        for (var end : List.of('>', '~')) {
            var template = "{%- for message in messages -%}{{ message.content }}{%- endfor -%}Answer" + end;
            var model = TinyQwen.templated(folder.resolve((int) end + ".gguf"), template, end, "Yes" + (int) end);
            assertThat(enhancer(model).enhance(Settings.request("a lighthouse"), Progress.NONE))
                    .isEqualTo("Yes" + (int) end);
        }
    }

    @Test
    void theSameSeedGivesTheSameTextAndAnotherAnother() throws Exception {
        var model = TinyQwen.random(folder.resolve("any.gguf"));
        var enhancer = enhancer(model, "TOKENS", "64");
        var first = enhancer.enhance(request(1), Progress.NONE);
        assertThat(enhancer.enhance(request(1), Progress.NONE)).isEqualTo(first);
        assertThat(enhancer.enhance(request(2), Progress.NONE)).isNotEqualTo(first);
    }

    @Test
    void theModelThatOtherModulesTestWithIsOneOfThese() throws Exception {
        var model = TinyQwen.saying(folder.resolve("lighthouse.gguf"), LIGHTHOUSE);
        assertThat(Path.of("src/test/resources/lighthouse-qwen2.gguf")).hasSameBinaryContentAs(model);
    }

    @Test
    void whatTakesTooLongIsStopped() throws Exception {
        var model = TinyQwen.endless(folder.resolve("endless.gguf"), " waves", " and");
        var enhancer = enhancer(model, "TOKENS", "8192", "TIMEOUT", "1");
        assertThatExceptionOfType(EnhancerException.class)
                .isThrownBy(() -> enhancer.enhance(Settings.request("the sea"), Progress.NONE))
                .withMessageContaining("after 1 s");
        assertThat(process()).isEmpty();
    }

    @Test
    void whoListensCanEndTheWorkAtAnyTime() throws Exception {
        var model = TinyQwen.endless(folder.resolve("endless.gguf"), " waves", " and");
        var enhancer = enhancer(model, "TOKENS", "8192");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> enhancer.enhance(Settings.request("the sea"), text -> {
                    if (text.contains("waves and waves")) {
                        throw new IllegalStateException("cancelled");
                    }
                }));
        assertThat(process()).isEmpty();
    }

    @Test
    void noMoreTokensAreWrittenThanAllowedAndASentenceWithoutEndIsLeftOut() throws Exception {
        var model = TinyQwen.endless(folder.resolve("endless.gguf"), " The", " sea", ".", " Waves", " and");
        assertThat(enhancer(model, "TOKENS", "16").enhance(Settings.request("the sea"), Progress.NONE))
                .isEqualTo("The sea. Waves and The sea. Waves and The sea.");
    }

    @Test
    void aFileThatIsNoModelAndAModelThatIsDamagedAreSaidToBe() throws Exception {
        var damaged = folder.resolve("damaged.gguf");
        var whole = Files.readAllBytes(TinyQwen.saying(folder.resolve("lighthouse.gguf"), LIGHTHOUSE));
        Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
        var enhancer = enhancer(damaged);
        assertThatExceptionOfType(EnhancerException.class)
                .isThrownBy(() -> enhancer.enhance(Settings.request("a lighthouse"), Progress.NONE))
                .withMessageContaining("llama.cpp");
    }

    @Test
    void theMemoryOfALargeModelIsFreeAgainWhenItIsUnloaded() throws Exception {
        var model = TinyQwen.random(folder.resolve("large.gguf"), 96);
        var enhancer = enhancer(model, "TOKENS", "64");
        var before = resident();
        var during = new ArrayList<Long>();
        enhancer.enhance(Settings.request("a lighthouse"), text -> during.add(resident()));
        enhancer.unload();
        var after = resident();
        var most = during.stream().mapToLong(Long::longValue).max().orElseThrow();
        System.out.printf(
                "Resident with a model of %d MB: %d MB before, %d MB at most, %d MB after%n",
                Files.size(model) >> 20, before >> 20, most >> 20, after >> 20);
        assertThat(most).isGreaterThan(before + Files.size(model));
        assertThat(after).isLessThan(before + (32 << 20));
    }

    private EnhanceRequest request(long seed) {
        return new EnhanceRequest("a lighthouse", Language.EN, false, seed);
    }

    private LlamaEnhancer enhancer(Path model, String... more) {
        var given = new ArrayList<>(List.of("MODEL", model.toString()));
        given.addAll(List.of(more));
        var settings = Settings.of(given.toArray(String[]::new));
        var enhancer = new LlamaEnhancer(model, settings, Instruction.load(Optional.empty()), 1);
        enhancers.add(enhancer);
        return enhancer;
    }

    private static Optional<ProcessHandle> process() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).findFirst();
    }

    /** What this process and its children have in memory, in bytes. */
    private static long resident() {
        return Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .mapToLong(LlamaEnhancerTest::resident)
                .sum();
    }

    private static long resident(ProcessHandle process) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0; // it has ended
        }
    }
}
