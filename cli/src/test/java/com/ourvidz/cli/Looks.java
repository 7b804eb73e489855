package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;

/** What several tests of the studio look for on a page. */
final class Looks {

    private static final List<String> SERIOUS = List.of("serious", "critical");

    private Looks() {}

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    static Locator region(Page page, String name) {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(name));
    }

    /** Presses the button of the dialog that is open; dialogs come last in the page. */
    static void confirm(Page page, String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .last()
                .click();
    }

    /** Chooses an action from a menu. */
    static void choose(Page page, String menu, String action) {
        button(page, menu).click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(action))
                .click();
    }

    /** That axe finds nothing which keeps people from using the page. */
    static void assertAccessible(Page page) {
        var found = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(violation -> SERIOUS.contains(violation.getImpact()))
                        .map(violation -> violation.getId() + " " + violation.getNodes())
                        .toList();
        assertThat(found).as(page.url()).isEmpty();
    }

    static void assertNotWiderThanTheWindow(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(page.url())
                .isEqualTo(page.evaluate("document.documentElement.clientWidth"));
    }
}
