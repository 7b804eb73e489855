package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One picture or video, large. */
@ExtendWith(Studio.Shared.class)
class StudioLightboxTest {

    private final Studio studio;
    private final String user = Studio.newName();

    StudioLightboxTest(Studio studio) {
        this.studio = studio;
    }

    @Test
    void arrowKeysWalkAndWhatIsMadeMeanwhileLeavesThePictureThere() throws IOException, InterruptedException {
        var page = opened(9, "the sea 4");
        page.keyboard().press("ArrowRight");
        assertThat(picture(page, "a fox in snow 5")).isVisible();
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("ArrowLeft");
        assertThat(picture(page, "a fox in snow 3")).isVisible();
        assertThat(page.getByText("3 of 9")).isVisible();

        submit("sdxl_image_fast", 1);

        assertThat(page.getByText("4 of 10")).isVisible();
        assertThat(picture(page, "a fox in snow 3")).isVisible();
        page.keyboard().press("ArrowRight");
        assertThat(picture(page, "the sea 4")).isVisible();
    }

    @Test
    void theAddressOpensThePictureAndAStepBackClosesIt() {
        var page = opened(250, "the sea 2");
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
        var address = page.url();
        page.goBack();
        assertThat(dialog(page)).hasCount(0);
        assertThat(page).hasURL(Pattern.compile("/library$"));
        page.navigate(address);
        assertThat(picture(page, "the sea 2")).isVisible();
        page.keyboard().press("Escape");
        assertThat(StudioLibraryTest.tile(page, "the sea 2")).isFocused();
    }

    @Test
    void theDetailsTellTheSeedOfEachPicture() throws IOException, InterruptedException {
        var page = studio.signedIn(user, 1440, 900, ColorScheme.DARK);
        awaitEnd(submit("sdxl_image_fast", 3));
        page.navigate(studio.platform().url() + "/library");
        page.locator("a.tile").first().click();
        for (var seed : new String[] {"42", "41", "40"}) {
            assertThat(details(page)).containsText(Pattern.compile("Seed\\s*" + seed));
            assertThat(details(page)).containsText(Pattern.compile("Steps\\s*3"));
            assertThat(details(page)).containsText("a new lighthouse");
            page.keyboard().press("ArrowRight");
        }
    }

    @Test
    void onePictureAloneIsMadeAgainWithItsSeed() throws IOException, InterruptedException {
        var page = studio.signedIn(user, 1440, 900, ColorScheme.DARK);
        awaitEnd(submit("sdxl_image_fast", 3));
        page.navigate(studio.platform().url() + "/library");
        page.locator("a.tile").nth(1).click();
        assertThat(details(page)).containsText(Pattern.compile("Seed\\s*41"));

        button(page, "Make this one again, same seed").click();

        assertThat(page.getByText("3 of 4")).isVisible();
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("ArrowLeft");
        assertThat(page.getByText("1 of 4")).isVisible();
        assertThat(details(page)).containsText(Pattern.compile("Seed\\s*41"));
    }

    @Test
    void reusingThePromptLeadsToTheForm() {
        var page = opened(3, "the sea 2");
        button(page, "Reuse the prompt").click();
        assertThat(dialog(page)).hasCount(0);
        assertThat(page).hasURL(Pattern.compile("/$"));
    }

    @Test
    void theNextOneTakesThePlaceOfWhatIsDeletedAndUndoBringsItBack() {
        var page = studio.signedIn(user, 1440, 900, ColorScheme.DARK);
        OldAssets.add(studio.platform(), studio.newPicture(), user, 5);
        page.navigate(studio.platform().url() + "/library");
        StudioLibraryTest.tile(page, "the sea 2").click();
        page.keyboard().press("Delete");
        assertThat(picture(page, "a fox in snow 3")).isVisible();
        assertThat(page.getByText("2 of 4")).isVisible();
        page.keyboard().press("Escape");
        button(page, "Undo").click();
        assertThat(StudioLibraryTest.tile(page, "the sea 2")).isVisible();
    }

    @Test
    void aFavouriteIsOneInTheListToo() {
        var page = opened(3, "the sea 2");
        page.keyboard().press("f");
        assertThat(page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Favourite").setPressed(true)))
                .isVisible();
        page.keyboard().press("Escape");
        assertThat(page.getByRole(AriaRole.GRIDCELL).nth(1)).containsText("Favourite");
    }

    @Test
    void aClickShowsThePictureAtItsOwnSize() {
        var page = opened(1, "a fox in snow 1");
        var picture = page.locator("img.whole");
        page.waitForFunction("picture => picture.naturalWidth === 1024", picture.elementHandle());
        assertThat(picture.boundingBox().width).isLessThan(1000);
        picture.click();
        assertThat(button(page, "Fit into the window")).isVisible();
        assertThat(picture.boundingBox().width).isEqualTo(1024);
        picture.click();
        assertThat(button(page, "Show at 100 %")).isVisible();
    }

    @Test
    void aSwipeOnANarrowPhoneWalksAndNothingScrollsSideways() {
        var page = opened(5, "the sea 2", 320, 640, ColorScheme.DARK);
        page.locator(".stage").evaluate("""
                stage => {
                  const at = (kind, x) => stage.dispatchEvent(
                    new PointerEvent(kind, { pointerType: 'touch', clientX: x, clientY: 300, bubbles: true }));
                  at('pointerdown', 250);
                  at('pointerup', 100);
                }""");
        assertThat(picture(page, "a fox in snow 3")).isVisible();
        page.keyboard().press("i");
        assertThat(details(page)).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
        assertThat(dialog(page).evaluate("dialog => dialog.scrollWidth")).isEqualTo(320);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"DARK", "LIGHT"})
    void axeFindsNothingSerious(ColorScheme colours) throws IOException {
        var page = opened(3, "the sea 2", 1440, 900, colours);
        assertThat(details(page)).containsText("Steps");
        Looks.assertAccessible(page);
    }

    private Page opened(int count, String prompt) {
        return opened(count, prompt, 1440, 900, ColorScheme.DARK);
    }

    private Page opened(int count, String prompt, int width, int height, ColorScheme colours) {
        var page = studio.signedIn(user, width, height, colours);
        OldAssets.add(studio.platform(), studio.picture(), user, count);
        page.navigate(studio.platform().url() + "/library");
        StudioLibraryTest.tile(page, prompt).click();
        assertThat(picture(page, prompt)).isVisible();
        return page;
    }

    private UUID submit(String type, int pictures) throws IOException, InterruptedException {
        return api().submit(new JobRequest(type, "a new lighthouse", Optional.empty(), pictures, Optional.of(40L)))
                .id();
    }

    private void awaitEnd(UUID job) {
        var ended = Await.until("the end of the job", () -> job(job), JobView::hasEnded);
        assertThat(ended.isCompleted()).as(ended.toString()).isTrue();
    }

    private JobView job(UUID id) {
        try {
            return api().job(id);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private ApiClient api() {
        return new ApiClient(
                URI.create(studio.platform().url()), studio.platform().token(user));
    }

    private static Locator dialog(Page page) {
        return page.locator("ov-lightbox dialog");
    }

    private static Locator picture(Page page, String prompt) {
        return dialog(page).getByAltText(prompt, new Locator.GetByAltTextOptions().setExact(true));
    }

    private static Locator details(Page page) {
        return page.locator("ov-asset-details");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
