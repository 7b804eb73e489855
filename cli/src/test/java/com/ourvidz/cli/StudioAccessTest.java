package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The studio is for everybody: with any colours, at any width, without a mouse, without eyes on it. */
@ExtendWith(Studio.Shared.class)
class StudioAccessTest {

    private static final int NARROWEST = 320;

    private final Studio studio;

    StudioAccessTest(Studio studio) {
        this.studio = studio;
    }

    @ParameterizedTest
    @CsvSource({
        "/, DARK",
        "/, LIGHT",
        "/library, DARK",
        "/library, LIGHT",
        "/account, DARK",
        "/account, LIGHT",
        "/admin, DARK",
        "/admin, LIGHT"
    })
    void axeFindsNoSeriousViolation(String path, ColorScheme colours) throws IOException {
        var page = studio.signedIn("owner", 1440, 900, colours);
        var create = new CreatePage(page);
        create.order("a red lighthouse by the sea");
        assertThat(create.results().first()).isVisible();
        page.navigate(studio.platform().url() + path);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasCount(1);
        Looks.assertAccessible(page);
    }

    @Test
    void axeFindsNoSeriousViolationInTheSignIn() throws IOException {
        var page = studio.stranger(1440, 900, ColorScheme.LIGHT);
        page.navigate(studio.platform().url());
        assertThat(page.getByLabel("Password")).isVisible();
        Looks.assertAccessible(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/library", "/account", "/admin"})
    void nothingIsWiderThanTheNarrowestPhone(String path) {
        var page = studio.signedIn("owner", NARROWEST, 640, ColorScheme.DARK);
        page.navigate(studio.platform().url() + path);
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasCount(1);
        page.waitForTimeout(500);
        assertThat((int) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(NARROWEST);
    }

    @Test
    void theShortcutsAreListedUnderTheQuestionMarkAndTheFocusComesBack() {
        var page = studio.newUser();
        assertThat(new CreatePage(page).orderButton()).isVisible();
        var help = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Keyboard shortcuts"));
        help.focus();
        page.keyboard().press("?");
        var dialog = page.getByRole(AriaRole.DIALOG);
        assertThat(dialog).isVisible();
        assertThat(page.getByText("Roll a seed")).isVisible();
        page.keyboard().press("Escape");
        assertThat(dialog).isHidden();
        assertThat(help).isFocused();
    }

    @Test
    void theChosenColoursStay() {
        var page = studio.newUser();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Light colours"))
                .click();
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Dark colours")))
                .isVisible();
    }

    @Test
    void whatHappensIsSaidPolitely() {
        var page = studio.newUser();
        var create = new CreatePage(page);
        create.order("a fox in snow");
        create.awaitResults(1);
        assertThat(page.locator("[aria-live=polite]")).hasText("Ready: a fox in snow");
    }
}
