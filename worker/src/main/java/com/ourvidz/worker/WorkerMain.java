package com.ourvidz.worker;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.diffusion.sdxl.Options;
import com.ourvidz.enhancer.PromptEnhancement;
import java.io.IOException;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker process. Its settings are environment variables, see {@link WorkerSettings}. Exit code 0 when it was asked to end, 2 when it
 * cannot work with its settings, 3 when it should be replaced.
 */
public final class WorkerMain {

    private static final int OK = 0;
    private static final int UNUSABLE_SETTINGS = 2;
    private static final int BROKEN = 3;

    private final Logger log = LoggerFactory.getLogger(WorkerMain.class);
    private final WorkerSettings settings;
    private final LeaseLoop loop;
    private final Engine engine;

    private WorkerMain(WorkerSettings settings) {
        var retries = new Retries(Thread::sleep, RandomGenerator.getDefault());
        this.settings = settings;
        this.engine = engine(settings, retries);
        this.loop = new LeaseLoop(
                new ServerClient(settings.server(), settings.key()), retries, engine, settings.id(), settings.queue());
    }

    public static void main(String[] args) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "logback-worker.xml");
        }
        // Not exit: it would run the hook that is there for the signals that ask a worker to end.
        Runtime.getRuntime().halt(run(System.getenv()));
    }

    private static int run(Map<String, String> environment) {
        try {
            return new WorkerMain(WorkerSettings.of(environment)).work() ? OK : BROKEN;
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
        } catch (RefusedException e) {
            System.err.println("The server does not accept OURVIDZ_WORKER_KEY: " + e.getMessage());
        }
        return UNUSABLE_SETTINGS;
    }

    private boolean work() {
        log.info("Worker {} for {} at {}", settings.id(), settings.queue().id(), settings.server());
        Runtime.getRuntime().addShutdownHook(new Thread(this::endInOrder, "end"));
        if (settings.watchStdin()) {
            Thread.ofPlatform().daemon().name("parent").start(WorkerMain::endWithParent);
        }
        if (settings.queue() == Queue.SDXL_QUEUE) { // a WAN is too large to wait for a job that may never come
            Thread.ofPlatform().daemon().name("load").start(this::loadEarly);
        }
        return loop.run();
    }

    private static Engine engine(WorkerSettings settings, Retries retries) {
        var models = new LoadedModels(ModelMemory.of(settings.modelMemory(), settings.device()), retries);
        return switch (settings.queue()) {
            case SDXL_QUEUE ->
                new SdxlEngine(
                        settings.model(),
                        settings.sdxlConfig(),
                        sdxlOptions(settings),
                        settings.generation(),
                        models,
                        settings.previews());
            case WAN_QUEUE ->
                new WanEngine(
                        settings.model(),
                        wanOptions(settings),
                        settings.generation(),
                        models,
                        promptWriter(settings, models));
        };
    }

    private static PromptWriter promptWriter(WorkerSettings settings, LoadedModels models) {
        var enhancer = settings.enhancer();
        var enhancement = PromptEnhancement.of(enhancer, settings.model(), settings.threads());
        return new PromptWriter(enhancement, enhancer.language(), models);
    }

    private static Options sdxlOptions(WorkerSettings settings) {
        var options = Options.defaults().withDevice(settings.device());
        var precise = settings.precision()
                .map(options::withPrecision)
                .orElse(options)
                .withLoras(settings.loras())
                .withPrompts(settings.prompts());
        return settings.threads().isPresent()
                ? precise.withThreads(settings.threads().getAsInt())
                : precise;
    }

    private static com.ourvidz.diffusion.wan.Options wanOptions(WorkerSettings settings) {
        var options = com.ourvidz.diffusion.wan.Options.defaults().withDevice(settings.device());
        var precise = settings.precision().map(options::withPrecision).orElse(options);
        return settings.threads().isPresent()
                ? precise.withThreads(settings.threads().getAsInt())
                : precise;
    }

    /** While the first job is being asked for. A job that finds the model missing tries again and says why it failed. */
    private void loadEarly() {
        try {
            engine.load();
        } catch (InterruptedException | RuntimeException e) {
            log.error("The model is not loaded: {}", e.getMessage());
        }
    }

    /** On SIGTERM and SIGINT. */
    private void endInOrder() {
        log.info("Asked to end.");
        try {
            loop.stop(settings.grace());
        } catch (InterruptedException e) {
            log.warn("Interrupted while ending.");
        }
        Runtime.getRuntime().halt(OK);
    }

    /** Whoever started this process holds the other end of its standard input, and has died when that closes. */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // nothing is expected to come
            }
        } catch (IOException e) {
            // as good as the end
        }
        Runtime.getRuntime().halt(OK);
    }
}
