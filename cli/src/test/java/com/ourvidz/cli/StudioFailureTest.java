package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong is said in the user's words, with what to do; nothing is lost or made twice. */
@ExtendWith(Studio.Shared.class)
class StudioFailureTest {

    private static final String MARKUP = "<script>document.title='owned'</script>";

    private final Studio studio;
    private final String user = Studio.newName();
    private final Page page;
    private final CreatePage create;

    StudioFailureTest(Studio studio) {
        this.studio = studio;
        this.page = studio.signedIn(user, 1440, 900, ColorScheme.DARK);
        this.create = new CreatePage(page);
    }

    @Test
    void whoHasTooFewCreditsIsToldBeforeAndAfterThePressWhatToDo() {
        create.chooseType("High · portrait");
        assertThat(create.orderButton()).containsText("5,000 credits");
        assertThat(page.locator("ov-order-button ov-banner")).containsText("You have 1,000 credits; this costs 5000.");
        create.order("a fox in snow");
        assertThat(page.locator("ov-order-button ov-banner"))
                .containsText("This job costs 5000 credits and you have 1000.");
        assertThat(page.locator("ov-order-button ov-banner")).containsText("ask the operator for credits");
        assertThat(create.cards()).hasCount(0);
    }

    @Test
    void aPressWhoseAnswerIsLostIsTheSamePressWhenItIsRepeated() {
        var keys = new ArrayList<String>();
        page.route("**/api/queue-job", route -> {
            keys.add(route.request().headerValue("Idempotency-Key"));
            if (keys.size() == 1) {
                route.fetch(); // the platform gets it, the page hears nothing
                route.abort();
            } else {
                route.resume();
            }
        });
        create.order("a fox in snow");
        assertThat(page.locator("ov-order-button ov-banner")).containsText("cannot be reached");
        create.orderButton().click();
        assertThat(page.locator("ov-order-button ov-banner")).hasCount(0);
        create.awaitResults(1);
        assertThat(keys).hasSize(2);
        assertThat(keys.getFirst()).isNotBlank().isEqualTo(keys.getLast());
        assertThat(studio.platform().get(user, "/api/jobs").path("jobs")).hasSize(1);
    }

    @Test
    void twoPressesAreTwoJobs() {
        create.order("a fox in snow");
        create.awaitResults(1);
        create.orderButton().click();
        create.awaitResults(2);
    }

    @Test
    void markupInAnErrorIsText() {
        page.route(
                "**/api/queue-job",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(400)
                        .setContentType("application/json")
                        .setBody("{\"success\":false,\"error\":\"%s\",\"suggestedAction\":\"%s\"}"
                                .formatted(MARKUP, MARKUP))));
        create.order("a fox in snow");
        assertThat(page.locator("ov-order-button ov-banner")).containsText(MARKUP + " " + MARKUP);
        assertThat(page.title()).isEqualTo("Create · OurVidz");
    }

    @Test
    void whoIsSignedOutMeanwhileSignsInAgainAndGoesOn() {
        assertThat(create.orderButton()).isVisible();
        page.evaluate("""
                () => fetch('/api/session/password', {
                  method: 'POST',
                  headers: {'Content-Type': 'application/json'},
                  body: JSON.stringify({new_password: 'a long password'}),
                })""");
        page.reload(); // whatever was on its way with the old token has no say any more
        create.negativePrompt().fill("clouds");
        create.prompt().fill("a fox in snow");
        // In one go, so that no other call of the page is refused first and has its dialog in the way.
        create.orderButton().evaluate("""
                async button => {
                  await fetch('/api/session', {method: 'DELETE'});
                  button.click();
                }""");
        var dialog = page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Sign in again"));
        assertThat(dialog).isVisible();
        var form = page.locator("ov-sign-in-dialog ov-sign-in-form");
        form.getByLabel("Name").fill(user);
        form.getByLabel("Password").fill("a long password");
        form.getByRole(AriaRole.BUTTON).click();
        assertThat(dialog).isHidden();
        assertThat(create.negativePrompt()).hasValue("clouds");
        create.awaitResults(1);
    }

    @Test
    void aFailedJobSaysWhyAndIsTriedAgain(@TempDir Path folder) throws IOException {
        var model = Checkpoints.starter(folder.resolve("model"), 3);
        Files.delete(model.resolve("unet"));
        try (var broken = new RunningPlatform(folder.resolve("data"), model, Map.of())) {
            var there = studio.signedIn(broken, user, 1440, 900, ColorScheme.DARK);
            var form = new CreatePage(there);
            form.order("a fox in snow");
            var banner = form.cards().locator("ov-banner");
            assertThat(banner).containsText("unet");
            assertThat(banner).containsText("The credits are back.");
            Files.createSymbolicLink(
                    model.resolve("unet"),
                    Path.of("../models/starter-sdxl/unet").toAbsolutePath());
            form.button("Try again").click();
            form.awaitResults(1);
            there.close();
        }
    }
}
