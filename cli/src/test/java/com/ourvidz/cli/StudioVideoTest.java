package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A video from its frames to its player. One is made, for that takes long. */
@ExtendWith(Studio.Shared.class)
class StudioVideoTest {

    private static final String USER = Studio.newName();

    private final Studio studio;
    private final Page page;
    private final List<String> ranges = new ArrayList<>();

    StudioVideoTest(Studio studio) {
        this.studio = studio;
        this.page = studio.signedIn(USER, 1440, 900, ColorScheme.DARK);
    }

    @BeforeAll
    static void pastedPicturesTakeTheFreeFramesOfAVideo(Studio studio) throws IOException {
        var create = new CreatePage(studio.signedIn(USER, 1440, 900, ColorScheme.DARK));
        create.choose("Video");
        create.paste(create.picture("start.png"));
        create.button("Use as reference").click();
        assertThat(create.slot("Start frame").getByRole(AriaRole.IMG)).isVisible();
        create.paste(create.picture("end.png"));
        create.button("Use as reference").click();
        assertThat(create.slot("End frame").getByRole(AriaRole.IMG)).isVisible();
        create.order("a white sailboat at sea");
        create.awaitResults(1);
        studio.closePages();
    }

    @Test
    void itBeganAndEndedWithTheFramesOfWhichNobodySaidThatSomeoneAgreed() {
        var platform = studio.platform();
        assertThat(platform.get(USER, "/api/jobs")
                        .at("/jobs/0/metadata/references_applied")
                        .toString())
                .isEqualTo("[\"start\",\"end\"]");
        assertThat(platform.get(USER, "/api/reference-images")
                        .at("/reference_images/0/consent")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void itIsAPlayerThatReadsByRange() {
        page.onRequest(request -> {
            if (request.resourceType().equals("media")) {
                ranges.add(request.headers().getOrDefault("range", "none"));
            }
        });
        page.reload();
        var create = new CreatePage(page);
        create.awaitResults(1);
        assertThat(create.results().locator("video")).hasAttribute("controls", "");
        Await.until("a request of the player", this::rangesSoFar, asked -> !asked.isEmpty());
        assertThat(ranges).doesNotContain("none");
    }

    @Test
    void itPlaysInTheLightbox() {
        page.navigate(studio.platform().url() + "/library");
        var answer = page.waitForResponse(
                response -> response.url().contains("/files/") && response.status() == 206,
                () -> page.locator("a.tile").click());
        assertThat(answer.headerValue("Content-Range")).startsWith("bytes ");
        var video = page.locator("video");
        video.evaluate("video => { video.muted = true; return video.play(); }");
        page.waitForFunction("video => video.currentTime > 0.2", video.elementHandle());
        assertThat(page.locator("ov-asset-details")).containsText(Pattern.compile("Length\\s*5 s"));
    }

    /** What the page asks for is told to this test only while it waits for the page. */
    private List<String> rangesSoFar() {
        page.waitForTimeout(20);
        return ranges;
    }
}
