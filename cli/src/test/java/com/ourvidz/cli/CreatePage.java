package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** The Create view, in the words of those who use it. */
record CreatePage(Page page) {

    private static final Pattern ORDER = Pattern.compile("^Make the|^Make pictures");

    Locator prompt() {
        return page.getByLabel("Prompt", exactly());
    }

    Locator negativePrompt() {
        return page.getByLabel("Negative prompt");
    }

    Locator seed() {
        return page.getByLabel("Seed", exactly());
    }

    Locator orderButton() {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(ORDER));
    }

    void order(String prompt) {
        prompt().fill(prompt);
        orderButton().click();
    }

    /** Chooses a radio button: a quantity, a group, a type of reference. */
    void choose(String label) {
        page.getByRole(
                        AriaRole.RADIO,
                        new Page.GetByRoleOptions().setName(label).setExact(true))
                .check();
    }

    /** The job type whose name begins so, for instance {@code High · square}. */
    void chooseType(String name) {
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)))
                .check();
    }

    Locator cards() {
        return page.locator("ov-job-card");
    }

    Locator placeholders() {
        return page.locator("ov-pending-tile");
    }

    /** The results of jobs, one for each job. */
    Locator results() {
        return page.locator("ov-job-results");
    }

    /** Waits for the results of so many jobs. */
    void awaitResults(int jobs) {
        assertThat(results()).hasCount(jobs);
    }

    /** Waits until a picture is being denoised. */
    void awaitDenoising() {
        assertThat(placeholders().first()).containsText("denoising");
    }

    /** Chooses from the menu of the newest job. */
    void reuse(String what) {
        cards().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reuse"))
                .first()
                .click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(what))
                .click();
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
