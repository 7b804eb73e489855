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
import com.ourvidz.server.Platform;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Admin view: monitoring, users, ledger; for administrators only. */
@ExtendWith(Studio.Shared.class)
class StudioAdminTest {

    /** The sections, and what tells that they are complete. */
    private static final Map<String, String> SECTIONS = Map.of(
            "/admin", "Target:",
            "/admin/users", "Administrator",
            "/admin/ledger", "Check the ledger");

    private final Studio studio;

    StudioAdminTest(Studio studio) {
        this.studio = studio;
    }

    @Test
    void whoIsNoAdministratorSeesNoAdministrationAndIsToldSoKindly() {
        var page = studio.newUser();
        assertThat(page.locator("ov-top-bar")).isVisible();
        assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Admin")))
                .hasCount(0);
        show(page, "/admin/users");
        assertThat(page.getByText("This is for administrators")).isVisible();
        assertThat(page.getByRole(AriaRole.TABLE)).hasCount(0);
        assertThat(page.evaluate("async () => (await fetch('/api/admin/users')).status"))
                .isEqualTo(403);
    }

    @Test
    void queuesWorkersAndFiguresAreShownBesideTheirTargets() {
        var page = owner();
        show(page, "/admin");
        var queue = region(page, "sdxl_queue");
        assertThat(queue.getByText("Waiting", new Locator.GetByTextOptions().setExact(true)))
                .isVisible();
        assertThat(queue.getByText(Pattern.compile("Idle|Working")).first()).isVisible();
        assertThat(region(page, "wan_queue").getByRole(AriaRole.TABLE)).isVisible();
        var figures = region(page, "Figures and their targets");
        var depth = figures.locator("li.figure").filter(new Locator.FilterOptions().setHasText("API response time"));
        assertThat(depth).containsText(Pattern.compile("Met|Missed"));
        assertThat(depth).containsText("at most 500 ms");
        assertThat(depth.getByRole(AriaRole.IMG)).hasAttribute("aria-label", Pattern.compile("in the last .* now .*"));
    }

    @Test
    void aUserIsAddedWithALinkThatSignsIn() {
        var name = Studio.newName();
        var page = owner();
        openAdd(page, name);
        confirm(page, "Add");
        var link = page.getByLabel("Link that signs a browser in").inputValue();
        button(page, "Done").click();
        assertThat(row(page, name)).containsText("Token only");
        var other = studio.stranger(1440, 900, ColorScheme.DARK);
        other.navigate(link);
        assertThat(button(other, "Signed in as " + name)).isVisible();
    }

    @Test
    void aUserIsAddedWithAPasswordDisabledAndLetInAgain() {
        var name = Studio.newName();
        var page = owner();
        openAdd(page, name);
        page.getByLabel("With a password").check();
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill("a long password");
        confirm(page, "Add");
        assertThat(row(page, name)).containsText("Password");

        var other = studio.stranger(1440, 900, ColorScheme.DARK);
        other.navigate(studio.platform().url());
        signIn(other, name);
        assertThat(other.locator("ov-top-bar")).isVisible();

        choose(page, "More for " + name, "Disable");
        confirm(page, "Disable");
        assertThat(row(page, name)).containsText("Disabled");
        other.reload();
        signIn(other, name);
        assertThat(other.getByRole(AriaRole.ALERT)).not().isEmpty();

        choose(page, "More for " + name, "Let in again");
        assertThat(row(page, name)).not().containsText("Disabled");
        signIn(other, name);
        assertThat(other.locator("ov-top-bar")).isVisible();
    }

    @Test
    void anAdministratorIsMadeAndUnmade() {
        var name = Studio.newName();
        var other = studio.signedIn(name, 1440, 900, ColorScheme.DARK);
        var administration = other.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Admin"));
        assertThat(other.locator("ov-top-bar")).isVisible();
        assertThat(administration).hasCount(0);
        var page = owner();
        show(page, "/admin/users");
        search(page, name);

        choose(page, "More for " + name, "Make an administrator");
        confirm(page, "Make an administrator");
        assertThat(row(page, name)).containsText("Administrator");
        other.reload();
        assertThat(administration).isVisible();

        choose(page, "More for " + name, "No administrator any more");
        confirm(page, "Take it away");
        assertThat(row(page, name)).not().containsText("Administrator");
        other.reload();
        assertThat(other.locator("ov-top-bar")).isVisible();
        assertThat(administration).hasCount(0);
    }

    @Test
    void aUserIsGivenATokenAndAPassword() {
        var name = Studio.newName();
        var first = studio.signedIn(name, 1440, 900, ColorScheme.DARK);
        assertThat(first.locator("ov-top-bar")).isVisible();
        var page = owner();
        show(page, "/admin/users");
        search(page, name);

        choose(page, "More for " + name, "Make a token");
        confirm(page, "Make a token");
        var second = studio.stranger(1440, 900, ColorScheme.DARK);
        second.navigate(page.getByLabel("Link that signs a browser in").inputValue());
        assertThat(button(second, "Signed in as " + name)).isVisible();
        button(page, "Done").click();

        choose(page, "More for " + name, "Set a password");
        page.getByLabel("New password").fill("a long password");
        confirm(page, "Set the password");
        assertThat(row(page, name)).containsText("Password");
        second.reload();
        signIn(second, name);
        assertThat(button(second, "Signed in as " + name)).isVisible();
    }

    @Test
    void aNameAndANoteOfScriptAreShownAsText() {
        var name = Studio.newName() + "<script>document.title = 'x'</script>";
        var user = studio.signedIn(name, 1440, 900, ColorScheme.DARK);
        assertThat(user.locator("ov-top-bar")).isVisible();
        var page = owner();
        show(page, "/admin/users");
        search(page, name);
        button(page, "Give credits to " + name).click();
        page.getByLabel("Credits", new Page.GetByLabelOptions().setExact(true)).fill("25");
        page.getByLabel("Note").fill("<img src=x onerror=alert(1)>");
        confirm(page, "Give credits");
        assertThat(row(page, name)).containsText("1,025");
        assertThat(page.getByText("25 credits given to " + name).first()).isVisible();
        assertThat(page).hasTitle("Admin · OurVidz");

        show(user, "/account");
        assertThat(user.getByRole(AriaRole.TABLE)).containsText("<img src=x onerror=alert(1)>");
        assertThat(user.getByRole(AriaRole.TABLE)).containsText("+25");
    }

    @Test
    void usersAreFoundByTheStartOfTheirNames() {
        var name = Studio.newName();
        studio.signedIn(name, 1440, 900, ColorScheme.DARK);
        var page = owner();
        show(page, "/admin/users");
        search(page, name);
        assertThat(page.getByRole(AriaRole.TABLE).getByRole(AriaRole.ROW)).hasCount(2);
        search(page, name + "-nobody");
        assertThat(page.getByText("No name starts like this.")).isVisible();
    }

    @Test
    void aNameThatIsTakenIsToldAndWhatWasTypedStays() {
        var page = owner();
        openAdd(page, Platform.OWNER);
        confirm(page, "Add");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("There is a user of this name already.");
        assertThat(page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)))
                .hasValue(Platform.OWNER);
    }

    @Test
    void theLedgerIsCheckedByKeyboardAlone() {
        var page = owner();
        show(page, "/admin/ledger");
        page.waitForCondition(() -> {
            page.keyboard().press("Tab");
            return (boolean) button(page, "Check the ledger")
                    .evaluate("button => button.getRootNode().activeElement === button");
        });
        page.keyboard().press("Enter");
        assertThat(page.getByText("The ledger adds up.").first()).isVisible();
    }

    @ParameterizedTest
    @EnumSource(names = {"DARK", "LIGHT"})
    void nothingIsWiderThanAPhoneAndAxeFindsNothingSerious(ColorScheme colours) {
        studio.signedIn("averylongnamewithoutanyspace".repeat(4), 320, 640, colours);
        var page = studio.signedIn(Platform.OWNER, 320, 640, colours);
        for (var section : SECTIONS.entrySet()) {
            show(page, section.getKey());
            assertThat(page.getByText(section.getValue()).first()).isVisible();
            Looks.assertNotWiderThanTheWindow(page);
            Looks.assertAccessible(page);
        }
    }

    private Page owner() {
        return studio.signedIn(Platform.OWNER, 1440, 900, ColorScheme.DARK);
    }

    private static void openAdd(Page page, String name) {
        show(page, "/admin/users");
        button(page, "Add a user").click();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
    }

    private static void search(Page page, String name) {
        page.getByLabel("Names that start with").fill(name);
    }

    private static Locator row(Page page, String name) {
        return page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(name));
    }

    private static void signIn(Page page, String name) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill("a long password");
        button(page, "Sign in").click();
    }

    private static void show(Page page, String path) {
        page.navigate(URI.create(page.url()).resolve(path).toString());
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .isVisible();
    }
}
