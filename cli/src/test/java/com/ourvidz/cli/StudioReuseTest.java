package com.ourvidz.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What can be done with what was made. */
@ExtendWith(Studio.Shared.class)
class StudioReuseTest {

    private final Studio studio;
    private final String user = Studio.newName();
    private final Page page;
    private final CreatePage create;

    StudioReuseTest(Studio studio) {
        this.studio = studio;
        this.page = studio.signedIn(user, 1440, 900, ColorScheme.DARK);
        this.create = new CreatePage(page);
    }

    @Test
    void theSameSeedAndSettingsMakeTheSameBytes() {
        create.seed().fill("48");
        create.order("a red lighthouse by the sea at sunset");
        create.awaitResults(1);
        create.reuse("Make exactly this again");
        create.awaitResults(2);
        var pictures = create.results().getByLabel("Download").all().stream()
                .map(link -> studio.platform().download(link.getAttribute("href")))
                .toList();
        assertThat(pictures).hasSize(2);
        assertThat(pictures.getFirst()).isEqualTo(pictures.getLast());
    }

    @Test
    void eachWayToReuseTakesWhatItSaysAndNoMore() {
        create.seed().fill("21");
        create.negativePrompt().fill("clouds");
        create.order("a boat on a lake");
        create.awaitResults(1);
        create.negativePrompt().fill("rain");
        create.prompt().fill("");
        create.seed().fill("5");

        create.reuse("Use the prompt");
        assertThat(create.prompt()).hasValue("a boat on a lake");
        assertThat(create.seed()).hasValue("5");
        create.reuse("Use the seed");
        assertThat(create.seed()).hasValue("21");
        assertThat(create.negativePrompt()).hasValue("rain");
        create.reuse("Remix without the seed");
        assertThat(create.seed()).hasValue("");
        assertThat(create.negativePrompt()).hasValue("clouds");
        create.negativePrompt().fill("rain");
        create.reuse("Use all settings");
        assertThat(create.seed()).hasValue("21");
        assertThat(create.negativePrompt()).hasValue("clouds");
    }

    @Test
    void aDeletionCanBeUndoneAndElseIsSentWhenThePageIsLeft() {
        create.order("a fox in snow");
        create.awaitResults(1);
        delete();
        assertThat(create.cards()).hasCount(0);
        create.button("Undo").click();
        assertThat(create.results().locator("ov-tile")).hasCount(1);
        assertThat(kept()).isEqualTo(1);

        delete();
        assertThat(create.cards()).hasCount(0);
        assertThat(kept()).isEqualTo(1);
        page.navigate("about:blank");
        Await.until("the deletion", this::kept, count -> count == 0);
    }

    @Test
    void aFavouriteStaysOne() {
        create.order("a fox in snow");
        create.awaitResults(1);
        var heart = create.results().getByLabel("Favourite");
        heart.click();
        assertThat(heart).hasAttribute("aria-pressed", "true");
        Await.until(
                "the favourite",
                () -> studio.platform().get(user, "/api/assets?favourite=true"),
                list -> list.path("assets").size() == 1);
        page.reload();
        assertThat(heart).hasAttribute("aria-pressed", "true");
    }

    @Test
    void aPictureThatWasMadeBecomesTheReferenceOfTheNext() {
        create.order("a fox in snow");
        create.awaitResults(1);
        create.button("More for this one").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Use as reference"))
                .click();
        assertThat(page.getByRole(AriaRole.SLIDER)).hasAttribute("aria-describedby", "hint");
        create.order("a fox in the morning");
        create.awaitResults(2);
        var newest = studio.platform().get(user, "/api/jobs").at("/jobs/0/metadata");
        assertThat(newest.path("reference_applied").asBoolean()).isTrue();
    }

    private void delete() {
        create.cards()
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Delete").setExact(true))
                .first()
                .click();
    }

    private int kept() {
        return studio.platform().get(user, "/api/assets").path("assets").size();
    }
}
