package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
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

    /** Where a reference goes: {@code Reference}, {@code Start frame}, {@code End frame}. */
    Locator slot(String name) {
        return page.getByRole(
                AriaRole.GROUP, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void paste(JSHandle data) {
        assertThat(orderButton()).isVisible();
        page.evaluate("""
                data => document.dispatchEvent(
                    new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}))""", data);
    }

    /** A picture to drop or to paste. */
    JSHandle picture(String name) throws IOException {
        return file(name, "image/png", Files.readAllBytes(Checkpoints.TINY.resolveSibling("first.png")));
    }

    JSHandle file(String name, String type, byte[] bytes) {
        return page.evaluateHandle("""
                ([name, type, base64]) => {
                  const data = new DataTransfer();
                  const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
                  data.items.add(new File([bytes], name, {type}));
                  return data;
                }""", List.of(name, type, Base64.getEncoder().encodeToString(bytes)));
    }

    static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
