package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.ourvidz.core.catalog.Queue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The studio as a person sees it: Chromium on a platform with real workers and small checkpoints. One platform and one browser serve all
 * test classes that ask for it with {@code @ExtendWith(Studio.Shared.class)}; each test has pages and users of its own.
 */
final class Studio implements AutoCloseable {

    /** What a page may take to show something; a worker has to make it first. */
    private static final double PATIENCE_MILLIS = 120_000;

    private static final int STEPS_OF_HIGH = 60;
    private static final String UNAFFORDABLE = "OURVIDZ_PRICE_IMAGE_HIGH";

    private final Path folder;
    private final RunningPlatform platform;
    private final Browser browser;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private Optional<UUID> picture = Optional.empty();

    private Studio() throws IOException {
        this.browser = Browser.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        this.folder = Files.createTempDirectory("studio");
        this.platform = new RunningPlatform(
                folder.resolve("data"),
                Checkpoints.starter(folder.resolve("model"), STEPS_OF_HIGH),
                Map.of(
                        "OURVIDZ_WEBHOOK_HOSTS",
                        "127.0.0.1",
                        "OURVIDZ_WORKERS",
                        Queue.SDXL_QUEUE.id() + "," + Queue.WAN_QUEUE.id(),
                        UNAFFORDABLE,
                        "5000",
                        "OURVIDZ_WAN_MODEL",
                        Checkpoints.wan(folder.resolve("wan"), STEPS_OF_HIGH).toString()));
    }

    RunningPlatform platform() {
        return platform;
    }

    /** A page of a user who has never been seen, signed in, at 1440 by 900 in dark colours. */
    Page newUser() {
        return signedIn(newName(), 1440, 900, ColorScheme.DARK);
    }

    /** A page of a user, signed in. */
    Page signedIn(String user, int width, int height, ColorScheme colours) {
        return signedIn(platform, user, width, height, colours);
    }

    /** The same on another platform. */
    Page signedIn(RunningPlatform other, String user, int width, int height, ColorScheme colours) {
        var page = stranger(width, height, colours);
        page.navigate(other.url() + "/login?token=" + other.token(user));
        return page;
    }

    /** A page of nobody. */
    Page stranger(int width, int height, ColorScheme colours) {
        var context = browser.chromium()
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(colours)
                        .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        contexts.add(context);
        return context.newPage();
    }

    /** A job whose only picture is there already, somebody else's. Copies of it share its bytes, so none of them is deleted. */
    synchronized UUID picture() {
        var job = picture.orElseGet(this::newPicture);
        picture = Optional.of(job);
        return job;
    }

    /** The same for a test that deletes. */
    UUID newPicture() {
        var job = platform.submit("sdxl_image_fast", 7);
        assertThat(platform.awaitEnd(job).isCompleted()).isTrue();
        return job;
    }

    static String newName() {
        return "user-" + UUID.randomUUID();
    }

    void closePages() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
    }

    @Override
    public void close() throws IOException {
        closePages();
        browser.close();
        platform.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Starts the one studio when the first test asks for it, and ends it after the last. */
    static final class Shared implements ParameterResolver, AfterEachCallback {

        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Studio.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Studio.class;
        }

        @Override
        public Studio resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return of(context);
        }

        @Override
        public void afterEach(ExtensionContext context) {
            of(context).closePages();
        }

        private static Studio of(ExtensionContext context) {
            return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Studio.class, type -> start(), Studio.class);
        }

        private static Studio start() {
            try {
                return new Studio();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
