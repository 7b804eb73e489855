package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Studio.Shared.class)
class StudioSignInTest {

    private final Studio studio;

    StudioSignInTest(Studio studio) {
        this.studio = studio;
    }

    @Test
    void theLinkSignsInAndTheMenuSignsOut() {
        var page = studio.newUser();
        button(page, "Signed in as").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Sign out"))
                .click();
        assertThat(button(page, "Sign in")).isVisible();
    }

    @Test
    void aNameWithAWrongPasswordIsToldSo() {
        var page = studio.stranger(1440, 900, ColorScheme.DARK);
        page.navigate(studio.platform().url());
        page.getByLabel("Name").fill("nobody");
        page.getByLabel("Password").fill("a wrong password");
        button(page, "Sign in").click();
        assertThat(page.getByRole(AriaRole.ALERT)).not().isEmpty();
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
