package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that someone has made, in the browser. */
@ExtendWith(Studio.Shared.class)
class StudioLibraryTest {

    private static final int MANY = 2_000;

    private final Studio studio;
    private final String user = Studio.newName();

    StudioLibraryTest(Studio studio) {
        this.studio = studio;
    }

    @Test
    void anEmptyLibrarySaysWhatToDo() {
        var page = library(0);
        assertThat(page.getByText("Nothing here yet")).isVisible();
        page.getByText("Make the first picture").click();
        assertThat(page).hasURL(Pattern.compile("/$"));
    }

    @Test
    void onlyWhatIsInTheWindowExistsAndTheScrollbarReachesTheLast() {
        var page = library(MANY);
        assertThat(tile(page, "a fox in snow 1")).isVisible();
        page.waitForFunction("() => document.documentElement.scrollHeight > 20000");

        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");

        assertThat(tile(page, "the sea " + MANY)).isVisible();
        assertThat(tile(page, "a fox in snow 1")).hasCount(0);
        assertThat(page.getByRole(AriaRole.GRIDCELL).count()).isLessThan(200);

        page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)");
        assertThat(page.locator("a.tile[title$=' 1001']")).isVisible();
    }

    @Test
    void filtersStandInTheAddressAndOutliveAReloadAndAStepBack() {
        var page = library(30);
        page.getByLabel("Search the prompts").fill("fox");
        assertThat(page).hasURL(Pattern.compile("text=fox"));
        assertThat(tile(page, "the sea 2")).hasCount(0);
        assertThat(page.getByRole(AriaRole.GRIDCELL)).hasCount(15);

        page.reload();
        assertThat(page.getByRole(AriaRole.GRIDCELL)).hasCount(15);
        page.getByRole(AriaRole.LINK, named("Create")).first().click();
        page.goBack();
        assertThat(page.getByLabel("Search the prompts")).hasValue("fox");
        assertThat(page.getByRole(AriaRole.GRIDCELL)).hasCount(15);

        button(page, "Favourites").click();
        assertThat(page.getByText("Nothing matches")).isVisible();
        button(page, "Show everything").click();
        assertThat(page.getByRole(AriaRole.GRIDCELL)).hasCount(30);

        page.getByText("Videos", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByText("Nothing matches")).isVisible();
    }

    @Test
    void daysAndTypesFilter() {
        var page = library(100); // an hour between one and the next
        button(page, "Type and date").click();
        page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("2000-01-01");
        assertThat(page.getByText("Nothing matches")).isVisible();
        page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).fill("");
        page.getByLabel("From", new Page.GetByLabelOptions().setExact(true)).fill("2000-01-01");
        assertThat(tile(page, "a fox in snow 1")).isVisible();
        page.locator("ov-filter-bar select").selectOption("sdxl_image_high");
        assertThat(page.getByText("Nothing matches")).isVisible();
        assertThat(page).hasURL(Pattern.compile("type=sdxl_image_high&from=2000-01-01"));
    }

    @Test
    void aRangeIsSelectedAndDownloadedInOneFile() throws IOException {
        var page = library(20);
        tick(page, "a fox in snow 3").click();
        tick(page, "the sea 8")
                .click(new Locator.ClickOptions()
                        .setModifiers(List.of(com.microsoft.playwright.options.KeyboardModifier.SHIFT)));
        assertThat(page.getByText("6 selected")).isVisible();

        var download = page.waitForDownload(() -> page.getByText("Download ZIP").click());

        var file = Files.createTempFile("library", ".zip");
        download.saveAs(file);
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(6);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void severalBecomeFavouritesAtOnce() {
        var page = library(5);
        tick(page, "a fox in snow 1").click();
        tick(page, "the sea 2").click();
        button(page, "Favourite").last().click();
        assertThat(page.getByRole(AriaRole.BUTTON, named("Not a favourite"))).isVisible();
        page.navigate(studio.platform().url() + "/library?favourite=true");
        assertThat(page.getByRole(AriaRole.GRIDCELL)).hasCount(2);
    }

    @Test
    void aDeletionIsUndoneAndOtherwiseDone() {
        var page = library(0);
        OldAssets.add(studio.platform(), studio.newPicture(), user, 5);
        page.reload();
        tick(page, "the sea 2").click();
        button(page, "Delete").click();
        assertThat(tile(page, "the sea 2")).hasCount(0);
        button(page, "Undo").click();
        assertThat(tile(page, "the sea 2")).isVisible();

        tick(page, "the sea 4").click();
        page.waitForResponse(
                answer -> answer.url().endsWith("/api/assets/delete") && answer.status() == 200,
                () -> button(page, "Delete").click());
        page.reload();
        assertThat(page.getByRole(AriaRole.GRIDCELL)).hasCount(4);
        assertThat(tile(page, "the sea 4")).hasCount(0);
    }

    @Test
    void theKeyboardAloneWalksSelectsOpensAndComesBack() {
        var page = library(40);
        tile(page, "a fox in snow 1").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowUp");
        assertThat(tile(page, "the sea 2")).isFocused();
        page.keyboard().press("Space");
        page.keyboard().press("Shift+ArrowRight");
        assertThat(page.getByText("2 selected")).isVisible();
        page.keyboard().press("Escape");
        page.keyboard().press("Enter");
        assertThat(page.getByAltText("a fox in snow 3").last()).isVisible();
        page.keyboard().press("Escape");
        assertThat(tile(page, "a fox in snow 3")).isFocused();
        page.keyboard().press("End");
        assertThat(tile(page, "the sea 40")).isFocused();
    }

    @Test
    void whatIsMadeMeanwhileComesFirstAndMovesNothing() throws IOException, InterruptedException {
        var page = library(400);
        page.waitForFunction("() => document.documentElement.scrollHeight > 5000");
        page.evaluate("scrollTo(0, 3000)");
        var seen = page.locator("a.tile >> visible=true").nth(60).getAttribute("title");
        assertThat(tile(page, seen)).isVisible();
        var before = box(tile(page, seen));

        var job = new ApiClient(
                        java.net.URI.create(studio.platform().url()),
                        studio.platform().token(user))
                .submit(new JobRequest(
                        "sdxl_image_fast",
                        "a new lighthouse",
                        java.util.Optional.empty(),
                        1,
                        java.util.Optional.of(7L)));

        assertThat(page.getByText("Just made")).isAttached();
        assertThat(job).isNotNull();
        assertThat(box(tile(page, seen)).y).isCloseTo(before.y, org.assertj.core.data.Offset.offset(1.5));
        page.evaluate("scrollTo(0, 0)");
        assertThat(tile(page, "a new lighthouse")).isVisible();
    }

    @Test
    void aNarrowPhoneHasNothingToScrollSideways() {
        var page = library(12, 320, 640, ColorScheme.DARK);
        assertThat(tile(page, "a fox in snow 1")).isVisible();
        tick(page, "a fox in snow 1").setChecked(true, new Locator.SetCheckedOptions().setForce(true));
        assertThat(page.getByText("1 selected")).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"DARK", "LIGHT"})
    void axeFindsNothingSerious(ColorScheme colours) throws IOException {
        var page = library(30, 1440, 900, colours);
        assertThat(tile(page, "a fox in snow 1")).isVisible();
        tick(page, "a fox in snow 1").click();
        assertThat(page.getByText("1 selected")).isVisible();
        Looks.assertAccessible(page);
    }

    private Page library(int count) {
        return library(count, 1440, 900, ColorScheme.DARK);
    }

    private Page library(int count, int width, int height, ColorScheme colours) {
        var page = studio.signedIn(user, width, height, colours);
        if (count > 0) {
            OldAssets.add(studio.platform(), studio.picture(), user, count);
        }
        page.navigate(studio.platform().url() + "/library");
        return page;
    }

    static Locator tile(Page page, String prompt) {
        return page.locator("a.tile[title='" + prompt + "']");
    }

    private static Locator tick(Page page, String prompt) {
        return page.getByLabel("Select: " + prompt, new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static BoundingBox box(Locator locator) {
        return locator.boundingBox();
    }
}
