package com.ourvidz.bench;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The studio's library with 10,000 pictures, in the Chromium of this machine: when something is painted, how long frames are while
 * everything is scrolled through and jumped to, and what the page's scripts and nodes take before and after. {@code StudioBenchmark MODEL
 * MINUTES}.
 */
final class StudioBenchmark {

    private static final int PICTURES = 10_000;
    private static final int LOADS = 5;
    private static final int JUMPS = 40;
    private static final int REST_MILLIS = 2000;

    /** Scrolls down and up for some time, 100 pixels a frame, and returns how long frames took, in ms. */
    private static final String SCROLL = """
            milliseconds => new Promise(resolve => {
              const frames = [];
              const end = performance.now() + milliseconds;
              let before = performance.now();
              let step = 100;
              const turn = now => {
                frames.push(now - before);
                before = now;
                const last = document.documentElement.scrollHeight - innerHeight;
                step = scrollY >= last - 1 ? -100 : scrollY <= 0 ? 100 : step;
                scrollBy({ top: step, behavior: 'instant' });
                now < end ? requestAnimationFrame(turn) : resolve(frames.slice(1));
              };
              requestAnimationFrame(turn);
            })""";

    /** Jumps anywhere, as with the scrollbar, and returns how long frames took, in ms. */
    private static final String JUMP = """
            jumps => new Promise(resolve => {
              const frames = [];
              let before = performance.now();
              let next = before;
              const turn = now => {
                frames.push(now - before);
                before = now;
                if (now >= next) {
                  scrollTo({ top: Math.random() * document.documentElement.scrollHeight, behavior: 'instant' });
                  next = now + 400;
                  jumps--;
                }
                jumps >= 0 ? requestAnimationFrame(turn) : resolve(frames.slice(1));
              };
              requestAnimationFrame(turn);
            })""";

    private StudioBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        var minutes = Double.parseDouble(args[1]);
        try (var started = Started.with(Map.of("OURVIDZ_SDXL_MODEL", args[0]));
                var playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                var browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium())
                                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")))) {
            CopiedPictures.add(started, PICTURES);
            for (var load = 0; load < LOADS; load++) {
                paint(started, browser);
            }
            scroll(started, browser, minutes);
        }
    }

    /** A page that has nothing in its cache. */
    private static Page library(Started started, Browser browser) {
        var page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))
                .newPage();
        page.setDefaultTimeout(0);
        page.navigate(started.uri("/login?token=" + started.token()).toString());
        page.navigate("about:blank");
        page.navigate(started.uri("/library").toString());
        page.waitForFunction("""
                () => document.querySelector('ov-app')?.shadowRoot?.querySelector('ov-library')?.shadowRoot
                    ?.querySelector('ov-library-grid')?.shadowRoot?.querySelector('img')?.complete""");
        return page;
    }

    private static void paint(Started started, Browser browser) {
        var page = library(started, browser);
        var painted = number(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
        var picture = number(page.evaluate("performance.now()"));
        System.out.printf(Locale.ROOT, "first paint %.0f ms, first picture %.0f ms%n", painted, picture);
        page.context().close();
    }

    private static void scroll(Started started, Browser browser, double minutes) {
        var page = library(started, browser);
        page.waitForFunction("() => document.documentElement.scrollHeight > 100000");
        var devTools = page.context().newCDPSession(page);
        devTools.send("Performance.enable");
        report("jumping", page.evaluate(JUMP, JUMPS)); // warms up too
        memory("before", page, devTools);
        report("scrolling", page.evaluate(SCROLL, minutes * 60_000));
        memory("after", page, devTools);
    }

    private static void report(String what, Object frames) {
        var millis = ((List<?>) frames)
                .stream().mapToDouble(StudioBenchmark::number).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%s: %d frames, median %.0f ms, 99th percentile %.0f ms, longest %.0f ms, %d over 100 ms%n",
                what,
                millis.length,
                millis[millis.length / 2],
                millis[millis.length * 99 / 100],
                millis[millis.length - 1],
                Arrays.stream(millis).filter(each -> each > 100).count());
    }

    /** Once the page has come to rest, so that what it was about to let go of is gone. */
    private static void memory(String when, Page page, CDPSession devTools) {
        page.waitForTimeout(REST_MILLIS);
        devTools.send("HeapProfiler.collectGarbage");
        devTools.send("HeapProfiler.collectGarbage"); // what only the first let go of
        var heap = 0.0;
        var nodes = 0.0;
        for (var metric : devTools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            switch (name(metric.getAsJsonObject())) {
                case "JSHeapUsedSize" -> heap = value(metric.getAsJsonObject());
                case "Nodes" -> nodes = value(metric.getAsJsonObject());
                default -> {} // not asked
            }
        }
        System.out.printf(Locale.ROOT, "%s: scripts hold %.1f MB, %.0f nodes%n", when, heap / 1e6, nodes);
    }

    private static String name(JsonObject metric) {
        return metric.get("name").getAsString();
    }

    private static double value(JsonObject metric) {
        return metric.get("value").getAsDouble();
    }

    private static double number(Object found) {
        return ((Number) found).doubleValue();
    }

    private static Path chromium() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no chromium on the PATH."));
    }
}
