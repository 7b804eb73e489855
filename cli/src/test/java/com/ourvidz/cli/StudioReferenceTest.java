package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        create.slot("Reference").dispatchEvent("drop", Map.of("dataTransfer", create.picture("lighthouse.png")));
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
    void anEarlierUploadIsPicked() throws IOException {
        create.paste(create.picture("once.png"));
        create.button("Use as reference").click();
        create.button("Remove").click();
        create.button("From uploads").click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Upload of"))
                .click();
        assertThat(create.slot("Reference").getByRole(AriaRole.IMG)).isVisible();
        assertThat(uploads()).hasSize(1);
    }

    @Test
    void whatIsNoPictureIsSaidInWordsAndMarkupInItsNameIsText() {
        var file = create.file(MARKUP, "text/plain", "not a picture".getBytes(StandardCharsets.UTF_8));
        create.slot("Reference").dispatchEvent("drop", Map.of("dataTransfer", file));
        assertThat(page.locator("ov-upload-dialog .name")).containsText(MARKUP);
        assertThat(page.locator("ov-upload-dialog").getByRole(AriaRole.ALERT)).containsText("no JPEG, PNG or WebP");
        create.button("Use as reference").click();
        assertThat(page.locator("ov-upload-dialog").getByRole(AriaRole.ALERT)).containsText("Send a whole JPEG");
        create.button("Cancel").click();
        assertThat(page.title()).isEqualTo("Create · OurVidz");
    }

    private JsonNode newestJob() {
        return studio.platform().get(user, "/api/jobs").at("/jobs/0");
    }

    private JsonNode uploads() {
        return studio.platform().get(user, "/api/reference-images").path("reference_images");
    }
}
