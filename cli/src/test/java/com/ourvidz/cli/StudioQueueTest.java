package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the studio says while jobs wait on a platform that has no worker, and when one comes. */
@ExtendWith(Studio.Shared.class)
class StudioQueueTest {

    private static final String NO_WORKER = "No worker for SDXL pictures is running";
    private static final String DEEP = "High queue volume";

    private final Studio studio;
    private RunningPlatform platform;
    private Page page;

    StudioQueueTest(Studio studio) {
        this.studio = studio;
    }

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        platform = new RunningPlatform(
                folder.resolve("data"),
                Checkpoints.starter(folder.resolve("model"), 3),
                Map.of("OURVIDZ_WORKERS", "none"));
        page = studio.signedIn(platform, "tester", 1440, 900, ColorScheme.DARK);
    }

    @AfterEach
    void close() {
        page.context().close();
        platform.close();
    }

    @Test
    void aDeepQueueAMissingWorkerAndAReferenceThatIsGoneAreTold() throws IOException {
        assertThat(banner(NO_WORKER)).isVisible();
        var create = new CreatePage(page);
        page.locator("ov-reference-slot input[type=file]").setInputFiles(Checkpoints.TINY.resolveSibling("first.png"));
        create.button("Use as reference").click();
        page.waitForResponse(
                response -> response.url().endsWith("/api/queue-job") && response.ok(),
                () -> create.order("a lighthouse in the evening"));
        page.evaluate("""
                async () => {
                  const { reference_images } = await (await fetch('/api/reference-images')).json();
                  await fetch(`/api/reference-images/${reference_images[0].id}`, { method: 'DELETE' });
                }""");
        LongStream.rangeClosed(1, 9).forEach(seed -> platform.submit("sdxl_image_fast", seed));
        page.reload();
        assertThat(banner(NO_WORKER)).isVisible();
        assertThat(banner(DEEP)).isHidden();
        platform.submit("sdxl_image_fast", 10);
        assertThat(banner(DEEP)).containsText("11 jobs are waiting");

        platform.startOwnWorker(1);

        assertThat(create.cards().last()).containsText("The reference was not applied; this was made without it.");
        assertThat(banner(NO_WORKER)).isHidden();
        assertThat(banner(DEEP)).isHidden();
    }

    private Locator banner(String text) {
        return page.locator("ov-platform-banners ov-banner").filter(new Locator.FilterOptions().setHasText(text));
    }
}
