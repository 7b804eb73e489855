package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What several tests of the studio look for on a page. */
final class Looks {

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
        assertThat(seriousViolations(page)).as(page.url()).isEmpty();
    }

    static void assertNotWiderThanTheWindow(Page page) {
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(page.url())
                .isEqualTo(page.evaluate("document.documentElement.clientWidth"));
    }

    @SuppressWarnings("unchecked") // the list that the script below makes
    private static List<String> seriousViolations(Page page) {
        try (var axe = Objects.requireNonNull(Looks.class.getResourceAsStream("/axe.min.js"))) {
            page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (List<String>) page.evaluate("""
                async () => (await axe.run(document)).violations
                  .filter(found => ['serious', 'critical'].includes(found.impact))
                  .flatMap(found => found.nodes.map(node => `${found.id}: ${node.target} ${node.failureSummary}`))""");
    }
}
