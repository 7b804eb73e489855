package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Pictures to start from, on every way into the form. */
@ExtendWith(Studio.Shared.class)
class StudioReferenceTest {

    private static final String MARKUP = "<img src=x onerror=document.title='owned'>.png";

    private final Studio studio;
    private final String user = Studio.newName();
    private final Page page;
    private final CreatePage create;

    StudioReferenceTest(Studio studio) {
        this.studio = studio;
        this.page = studio.signedIn(user, 1440, 900, ColorScheme.DARK);
        this.create = new CreatePage(page);
    }

    @Test
    void aDroppedPictureIsTheReferenceWithItsTypeItsStrengthAndTheConsentGiven() throws IOException {
        slot("Reference").dispatchEvent("drop", Map.of("dataTransfer", picture("lighthouse.png")));
        page.getByLabel("The person in the picture agreed").check();
        create.button("Use as reference").click();
        create.choose("Composition");
        var strength = page.getByRole(AriaRole.SLIDER);
        assertThat(page.locator("ov-slider")).containsText("Recommended: 0.5 to 0.9");
        strength.fill("0.8");
        create.order("a lighthouse in the evening");
        create.awaitResults(1);

        var metadata = newestJob().path("metadata");
        assertThat(metadata.path("reference_type").asString()).isEqualTo("composition");
        assertThat(metadata.path("reference_strength").asDouble()).isEqualTo(0.8);
        assertThat(metadata.path("reference_applied").asBoolean()).isTrue();
        assertThat(uploads().path(0).path("consent").asBoolean()).isTrue();
    }

    @Test
    void aPastedPictureTakesTheNextFreeFrameOfAVideo() throws IOException {
        create.choose("Video");
        paste(picture("start.png"));
        create.button("Use as reference").click();
        assertThat(slot("Start frame").getByRole(AriaRole.IMG)).isVisible();
        paste(picture("end.png"));
        create.button("Use as reference").click();
        assertThat(slot("End frame").getByRole(AriaRole.IMG)).isVisible();
        create.order("a white sailboat at sea");
        create.awaitResults(1);

        assertThat(newestJob().at("/metadata/references_applied").toString()).isEqualTo("[\"start\",\"end\"]");
        assertThat(uploads().path(0).path("consent").asBoolean()).isFalse();
    }

    @Test
    void anEarlierUploadIsPicked() throws IOException {
        paste(picture("once.png"));
        create.button("Use as reference").click();
        create.button("Remove").click();
        create.button("From uploads").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Upload of"))
                .click();
        assertThat(slot("Reference").getByRole(AriaRole.IMG)).isVisible();
        assertThat(uploads()).hasSize(1);
    }

    @Test
    void whatIsNoPictureIsSaidInWordsAndMarkupInItsNameIsText() {
        var file = file(MARKUP, "text/plain", "not a picture".getBytes(StandardCharsets.UTF_8));
        slot("Reference").dispatchEvent("drop", Map.of("dataTransfer", file));
        assertThat(page.locator("ov-upload-dialog .name")).containsText(MARKUP);
        assertThat(page.locator("ov-upload-dialog").getByRole(AriaRole.ALERT)).containsText("no JPEG, PNG or WebP");
        create.button("Use as reference").click();
        assertThat(page.locator("ov-upload-dialog").getByRole(AriaRole.ALERT)).containsText("Send a whole JPEG");
        create.button("Cancel").click();
        assertThat(page.title()).isEqualTo("Create · OurVidz");
    }

    private Locator slot(String name) {
        return page.getByRole(
                AriaRole.GROUP, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void paste(JSHandle data) {
        assertThat(create.orderButton()).isVisible();
        page.evaluate("""
                data => document.dispatchEvent(
                    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))""", data);
    }

    private JSHandle picture(String name) throws IOException {
        return file(name, "image/png", Files.readAllBytes(Checkpoints.TINY.resolveSibling("first.png")));
    }

    private JSHandle file(String name, String type, byte[] bytes) {
        return page.evaluateHandle("""
                ([name, type, base64]) => {
                  const data = new DataTransfer();
                  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
                  data.items.add(new File([bytes], name, {type}));
                  return data;
                }""", List.of(name, type, Base64.getEncoder().encodeToString(bytes)));
    }

    private JsonNode newestJob() {
        return studio.platform().get(user, "/api/jobs").at("/jobs/0");
    }

    private JsonNode uploads() {
        return studio.platform().get(user, "/api/reference-images").path("reference_images");
    }
}
