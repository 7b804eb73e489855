package com.ourvidz.studio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The studio's types, which esbuild strips and does not check, checked by TypeScript's own compiler. The build unpacks it beside Lit, and
 * what runs it comes with Playwright.
 */
class TypesTest {

    private static final Path SOURCES = Path.of("src/main/web").toAbsolutePath();
    private static final Path PACKAGES = Path.of("target/npm/node_modules").toAbsolutePath();

    @Test
    void theStudioHasNoTypeErrors() throws Exception {
        assertThat(errorsOf(SOURCES)).isEmpty();
    }

    @Test
    void aWrongTypeIsFound(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("tsconfig.json"), """
                {"extends": "%s/tsconfig.json", "include": ["*.ts"]}""".formatted(SOURCES));
        Files.writeString(folder.resolve("wrong.ts"), """
                import { html, type TemplateResult } from 'lit';
                import { repeat } from 'lit/directives/repeat.js';
                export const right: TemplateResult = html`${repeat(['fox'], (each) => each.length)}`;
                export const wrong: number = html`fox`;
                """);

        assertThat(errorsOf(folder)).startsWith("wrong.ts(4,14): error TS2322").hasLineCount(1);
    }

    /** What the compiler says of a folder with a configuration, a line each. */
    private static String errorsOf(Path folder) throws IOException, InterruptedException {
        var program = Driver.ensureDriverInstalled(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"), false)
                .createProcessBuilder()
                .command()
                .getFirst();
        var compiler = PACKAGES.resolve("typescript/lib/tsc.js").toString();
        var process = new ProcessBuilder(List.of(program, compiler, "--pretty", "false", "-p", folder.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor() == 0).as(said).isEqualTo(said.isEmpty());
        return said;
    }
}
