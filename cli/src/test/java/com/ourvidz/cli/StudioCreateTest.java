package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Making pictures and videos in the browser, and what is shown meanwhile. */
@ExtendWith(Studio.Shared.class)
class StudioCreateTest {

    private static final String MARKUP = "a fox <script>document.title='owned'</script> in snow";

    private final Page page;
    private final CreatePage create;

    StudioCreateTest(Studio studio) {
        this.page = studio.newUser();
        this.create = new CreatePage(page);
    }

    @Test
    void aPictureIsMadeAndOpenedWithTheKeyboardAlone() {
        assertThat(create.orderButton()).isVisible();
        page.keyboard().press("p");
        assertThat(create.prompt()).isFocused();
        page.keyboard().type("a red lighthouse by the sea");
        page.keyboard().press("Control+Enter");
        create.awaitResults(1);
        var tile = create.results()
                .getByRole(
                        AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open: a red lighthouse by the sea"));
        for (int i = 0; i < 40 && !focused(tile); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(tile).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG).first()).isVisible();
    }

    @Test
    void theEnhancedPromptIsSeenBeforehandEditedAndSentAsItStands() {
        create.choose("Enhanced");
        create.prompt().fill("a windmill");
        create.button("Preview the enhanced prompt").click();
        var enhanced = page.getByLabel("Edit it as you like");
        assertThat(enhanced).hasValue(Pattern.compile("windmill.{20,}", Pattern.DOTALL));
        assertThat(page.getByText("Written by grammar")).isVisible();

        enhanced.fill("a red windmill under tall clouds");
        create.button("Use this prompt").click();

        assertThat(create.prompt()).hasValue("a red windmill under tall clouds");
        assertThat(page.getByRole(
                        AriaRole.RADIO,
                        new Page.GetByRoleOptions().setName("Image").setExact(true)))
                .isChecked();
        assertThat(create.button("Preview the enhanced prompt")).hasCount(0);
    }

    @Test
    void thePlaceOfEachPictureIsThereAtOnceAndBecomesThePicture() {
        create.choose("6");
        create.order("a wooden cabin by a lake");
        assertThat(create.placeholders()).hasCount(6);
        create.awaitResults(1);
        assertThat(create.results().locator("ov-tile")).hasCount(6);
        assertThat(create.placeholders()).hasCount(0);
        assertThat(create.cards()
                        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Download all as a ZIP")))
                .isVisible();
    }

    @Test
    void progressIsInTheTileAndInTheTabsTitle() {
        create.chooseType("High · square");
        create.order("tall mountains");
        create.awaitDenoising();
        assertThat(page.getByRole(AriaRole.PROGRESSBAR)).isVisible();
        page.waitForFunction("/^[0-9]+ % · /.test(document.title)");
        create.awaitResults(1);
        page.waitForFunction("document.title === 'Create · OurVidz'");
    }

    @Test
    void aReloadWhileAJobRunsLosesNothing() {
        create.chooseType("High · square");
        create.order("a harbour at dawn");
        create.awaitDenoising();
        page.reload();
        assertThat(create.placeholders()).hasCount(1);
        assertThat(create.prompt()).hasValue("a harbour at dawn");
        create.awaitResults(1);
    }

    @Test
    void whereNoStreamCanBeHadThePageAsks() {
        page.context().route("**/api/events", route -> route.abort());
        page.reload();
        create.order("a street market in the morning");
        create.awaitResults(1);
    }

    @Test
    void whatIsCancelledGoesAndItsCreditComesBack() {
        create.chooseType("High · square");
        create.choose("6");
        create.order("a windmill on a hill");
        create.button("Cancel").click();
        assertThat(create.cards()).hasCount(0);
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("1,000 credits")))
                .isVisible();
    }

    @Test
    void severalAreCancelledAtOnce() {
        create.chooseType("High · square");
        create.choose("6");
        create.order("a windmill on a hill");
        assertThat(create.cards()).hasCount(1);
        create.order("a mill by a stream");
        assertThat(create.cards()).hasCount(2);
        create.button("Cancel all").click();
        assertThat(create.cards()).hasCount(0);
    }

    @Test
    void onlyWhatTheTypeSupportsIsAskedFor() {
        assertThat(create.seed()).isVisible();
        assertThat(create.negativePrompt()).isVisible();
        assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Reference")))
                .isVisible();
        create.choose("Video");
        assertThat(create.seed()).isHidden();
        assertThat(create.negativePrompt()).isHidden();
        assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Start frame")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("End frame")))
                .isVisible();
    }

    @Test
    void markupInAPromptIsText() {
        create.order(MARKUP);
        assertThat(create.cards().locator(".prompt")).hasText(MARKUP);
        create.awaitResults(1);
        page.waitForFunction("document.title === 'Create · OurVidz'");
    }

    private static boolean focused(Locator element) {
        return Boolean.TRUE.equals(element.evaluate("element => element.matches(':focus')"));
    }
}
