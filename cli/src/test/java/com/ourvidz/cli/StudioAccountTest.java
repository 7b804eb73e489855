package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.ourvidz.cli.Looks.button;
import static com.ourvidz.cli.Looks.choose;
import static com.ourvidz.cli.Looks.confirm;
import static com.ourvidz.cli.Looks.region;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Account view: credits, uploads, ways to sign in, webhooks, colours. */
@ExtendWith(Studio.Shared.class)
class StudioAccountTest {

    /** The sections, and what tells that they are complete. */
    private static final Map<String, String> SECTIONS = Map.of(
            "/account", "Given back",
            "/account/uploads", "Consent given",
            "/account/security", "End one token",
            "/account/webhooks", "Send a test",
            "/account/appearance", "Dark lets pictures shine");

    private static final String ORDER_AND_CANCEL = """
            async ([prompt, times]) => {
              for (let time = 0; time < times; time++) {
                const body = { jobType: 'video_high', metadata: { prompt } };
                const headers = { 'Content-Type': 'application/json' };
                const answer = await fetch('/api/queue-job', { method: 'POST', headers, body: JSON.stringify(body) });
                await fetch('/api/jobs/' + (await answer.json()).job.id, { method: 'DELETE' });
              }
            }""";

    private static final String UPLOAD = """
            async () => {
              const canvas = new OffscreenCanvas(320, 240);
              const pen = canvas.getContext('2d');
              pen.fillStyle = 'teal';
              pen.fillRect(0, 0, 320, 240);
              const form = new FormData();
              form.append('file', await canvas.convertToBlob(), 'lighthouse.png');
              form.append('consent', 'true');
              await fetch('/api/upload-reference', { method: 'POST', body: form });
            }""";

    private final Studio studio;

    StudioAccountTest(Studio studio) {
        this.studio = studio;
    }

    @Test
    void creditsSayWhatEachEntryWasForPageByPage() {
        var page = studio.newUser();
        page.evaluate(ORDER_AND_CANCEL, List.of("a lighthouse <script>document.title = 'x'</script>", 11));
        show(page, "/account");
        var history = page.getByRole(AriaRole.TABLE);
        assertThat(history.getByRole(AriaRole.ROW)).hasCount(1 + 20);
        assertThat(history).containsText("WAN video, high quality");
        assertThat(history).containsText("Given back: WAN video, high quality");
        assertThat(history).containsText("<script>document.title = 'x'</script>");
        assertThat(page).hasTitle("Account · OurVidz");
        button(page, "Show more").click();
        assertThat(history.getByRole(AriaRole.ROW)).hasCount(1 + 23);
        assertThat(history).containsText("Credits added");
        assertThat(button(page, "Show more")).isHidden();
    }

    @Test
    void whatACreditWasSpentOnOpens() {
        var page = studio.newUser();
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Account").setExact(true))
                .click();
        page.evaluate("""
                fetch('/api/queue-job', {
                  method: 'POST',
                  headers: { 'Content-Type': 'application/json' },
                  body: JSON.stringify({ jobType: 'sdxl_image_fast', metadata: { prompt: 'a fox in snow' } }),
                })""");
        page.waitForCondition(() -> (boolean)
                page.evaluate("async () => (await (await fetch('/api/jobs')).json()).jobs[0]?.status === 'completed'"));
        show(page, "/account");
        button(page, "Show the result of a fox in snow").click();
        assertThat(page.locator("ov-lightbox")).isAttached();
    }

    @Test
    void aFirstPasswordIsSetAndSignsIn() {
        var name = Studio.newName();
        var page = studio.signedIn(name, 1440, 900, ColorScheme.DARK);
        show(page, "/account/security");
        page.getByLabel("New password").fill("a long password");
        button(page, "Set the password").click();
        assertThat(page.getByLabel("Current password")).isVisible();
        page.getByLabel("Current password").fill("not this one");
        page.getByLabel("New password").fill("another password");
        button(page, "Change the password").click();
        assertThat(page.getByText("The current password is wrong.")).isVisible();
        button(page, "Sign out")
                .and(page.locator("ov-security button:not(.danger)"))
                .click();
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill("a long password");
        button(page, "Sign in").click();
        assertThat(page.locator("ov-top-bar")).isVisible();
    }

    @Test
    void aTokenIsShownOnceAndEndsAlone() throws IOException, InterruptedException {
        var page = studio.newUser();
        show(page, "/account/security");
        button(page, "Make a token").click();
        var token = page.getByLabel("Your new token").inputValue();
        assertThat(statusWith(token)).isEqualTo(200);
        button(page, "Copy").click();
        assertThat(button(page, "Copied")).isVisible();
        button(page, "Done").click();
        assertThat(page.getByLabel("Your new token")).isHidden();
        page.getByText("End one token").click();
        page.getByLabel("The token", new Page.GetByLabelOptions().setExact(true))
                .fill(token);
        button(page, "End this token").click();
        assertThat(page.getByText("The token has ended.").first()).isVisible();
        assertThat(statusWith(token)).isEqualTo(401);
    }

    @Test
    void signingOutEverywhereElseLeavesThisBrowserIn() {
        var name = Studio.newName();
        var here = studio.signedIn(name, 1440, 900, ColorScheme.DARK);
        var there = studio.signedIn(name, 1440, 900, ColorScheme.DARK);
        assertThat(there.locator("ov-top-bar")).isVisible();
        show(here, "/account/security");
        button(here, "Sign out everywhere else").click();
        button(here, "Cancel").click();
        there.reload();
        assertThat(there.locator("ov-top-bar")).isVisible();
        button(here, "Sign out everywhere else").click();
        confirm(here, "Sign out everywhere else");
        assertThat(here.getByText("You are signed out everywhere else").first()).isVisible();
        there.reload();
        assertThat(button(there, "Sign in")).isVisible();
        here.reload();
        assertThat(here.locator("ov-top-bar")).isVisible();
    }

    @Test
    void aWebhookIsAddedTestedRotatedSwitchedOffAndDeleted() throws IOException {
        try (var server = new HookServer(200, "<b>thanks</b>")) {
            var page = studio.newUser();
            add(page, server.url(), "for <script>document.title = 'x'</script>");
            var secret = secret(page);
            assertThat(secret).hasValue(Pattern.compile("whsec_.+"));
            var first = secret.inputValue();
            button(page, "Done").click();
            var card = region(page, server.url());
            assertThat(card).containsText("for <script>document.title = 'x'</script>");

            button(page, "Send a test").click();
            assertThat(page.getByText("Your server took the test and answered 200.")
                            .first())
                    .isVisible();

            choose(page, "More for " + server.url(), "Make a new secret");
            confirm(page, "Make a new secret");
            assertThat(secret).not().hasValue(first);
            button(page, "Close").click();
            assertThat(card).containsText("The old secret signs too until");

            choose(page, "More for " + server.url(), "Switch off");
            assertThat(card.getByText("Off", exact())).isVisible();
            choose(page, "More for " + server.url(), "Switch on");
            assertThat(card.getByText("On", exact())).isVisible();

            choose(page, "More for " + server.url(), "Delete");
            confirm(page, "Delete");
            assertThat(card).isHidden();
            assertThat(page.getByText("No webhooks")).isVisible();
        }
    }

    @Test
    void aServerThatRefusesIsToldInItsOwnWordsAndItsDeliveriesAreListed() throws IOException {
        try (var server = new HookServer(500, "<script>document.title = 'x'</script>")) {
            var page = studio.newUser();
            add(page, server.url(), "");
            button(page, "Done").click();
            button(page, "Send a test").click();
            assertThat(page.getByText("it answered 500. <script>document.title = 'x'</script>")
                            .first())
                    .isVisible();
            page.evaluate(ORDER_AND_CANCEL, List.of("a lighthouse", 1));
            button(page, "Deliveries").click();
            var row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("job.failed"));
            page.waitForCondition(() -> {
                button(page, "Refresh").click();
                return row.filter(new Locator.FilterOptions().setHasText("500")).isVisible();
            });
            row.getByRole(AriaRole.BUTTON).click();
            assertThat(page.getByText("It is sent again.").first()).isVisible();
            assertThat(page).hasTitle("Account · OurVidz");
        }
    }

    @Test
    void anAddressThatIsRefusedSaysWhyAndKeepsWhatWasTyped() {
        var page = studio.newUser();
        add(page, "http://169.254.169.254/<script>", "");
        assertThat(page.getByRole(AriaRole.ALERT)).not().isEmpty();
        assertThat(page.getByLabel("Address")).hasValue("http://169.254.169.254/<script>");
    }

    @Test
    void anUploadIsShownWithItsConsentDeletedAndRestored() {
        var page = studio.newUser();
        show(page, "/account/uploads");
        assertThat(page.getByText("No uploads")).isVisible();
        page.evaluate(UPLOAD);
        page.reload();
        var upload = page.locator("ov-uploads li");
        assertThat(upload).containsText("Consent given");
        assertThat(upload).containsText("320 × 240");
        upload.getByRole(AriaRole.BUTTON).click();
        assertThat(upload).hasCount(0);
        button(page, "Undo").click();
        assertThat(upload).hasCount(1);
        upload.getByRole(AriaRole.BUTTON).click();
        page.reload(); // leaving the page ends the time for undoing
        assertThat(page.getByText("No uploads")).isVisible();
    }

    @Test
    void theChosenColoursStay() {
        var page = studio.newUser();
        show(page, "/account/appearance");
        page.getByLabel("Light", new Page.GetByLabelOptions().setExact(true)).check();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("data-theme", "light");
        page.getByLabel("System", new Page.GetByLabelOptions().setExact(true)).check();
        page.reload();
        assertThat(page.getByLabel("System", new Page.GetByLabelOptions().setExact(true)))
                .isChecked();
    }

    @Test
    void aWebhookCanBeAddedByKeyboardAlone() throws IOException {
        try (var server = new HookServer(200, "")) {
            var page = studio.newUser();
            show(page, "/account/webhooks");
            assertThat(page.getByText("No webhooks")).isVisible();
            tabTo(page, "Add a webhook");
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("Address")).isFocused();
            page.keyboard().press("Escape");
            assertThat(button(page, "Add a webhook")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.getByLabel("Address")).isFocused();
            page.keyboard().type(server.url());
            page.keyboard().press("Enter");
            assertThat(secret(page)).isVisible();
            page.keyboard().press("Escape");
            assertThat(region(page, server.url())).isVisible();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"DARK", "LIGHT"})
    void nothingIsWiderThanAPhoneAndAxeFindsNothingSerious(ColorScheme colours) throws IOException {
        try (var server = new HookServer(200, "")) {
            var page = studio.signedIn(Studio.newName(), 320, 640, colours);
            assertThat(page.locator("ov-top-bar")).isVisible();
            page.evaluate(ORDER_AND_CANCEL, List.of("averylongwordwithoutanyspace".repeat(8), 1));
            page.evaluate(UPLOAD);
            add(page, server.url() + "?long=" + "x".repeat(200), "");
            button(page, "Done").click();
            for (var section : SECTIONS.entrySet()) {
                show(page, section.getKey());
                assertThat(page.getByText(section.getValue()).first()).isVisible();
                Looks.assertNotWiderThanTheWindow(page);
                Looks.assertAccessible(page);
            }
        }
    }

    private static void add(Page page, String url, String description) {
        show(page, "/account/webhooks");
        button(page, "Add a webhook").click();
        page.getByLabel("Address").fill(url);
        page.getByLabel("What it is for").fill(description);
        confirm(page, "Add");
    }

    /** The one that is shown. */
    private static Locator secret(Page page) {
        return page.getByLabel("Signing secret").filter(new Locator.FilterOptions().setVisible(true));
    }

    /** Walks with the Tab key to the button of this name. */
    private static void tabTo(Page page, String name) {
        page.waitForCondition(() -> {
            page.keyboard().press("Tab");
            return (boolean) button(page, name).evaluate("button => button.getRootNode().activeElement === button");
        });
    }

    private int statusWith(String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(studio.platform().url() + "/api/session"))
                .header("Authorization", "Bearer " + token)
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static void show(Page page, String path) {
        page.navigate(URI.create(page.url()).resolve(path).toString());
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .isVisible();
    }

    private static Locator.GetByTextOptions exact() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
