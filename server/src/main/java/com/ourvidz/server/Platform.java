package com.ourvidz.server;

import com.ourvidz.core.account.AccountStore;
import com.ourvidz.core.asset.Assets;
import com.ourvidz.core.lease.Leases;
import com.ourvidz.core.reference.References;
import com.ourvidz.server.account.LedgerCheck;
import com.ourvidz.server.auth.Tokens;
import com.ourvidz.server.event.JobStreams;
import com.ourvidz.server.lease.OpenLeases;
import com.ourvidz.server.supervise.Supervisor;
import com.ourvidz.server.supervise.Sweeper;
import com.ourvidz.server.supervise.WorkerCommand;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A running platform: the HTTP server on its embedded backend, and the worker processes that it watches. It holds its data directory
 * until it is closed; whoever starts one closes it.
 */
public final class Platform implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

    private static final String WORKER_MAIN = "com.ourvidz.worker.WorkerMain";
    private static final String WORKER_HEAP = "512m";
    private static final Duration WORKER_GRACE = Duration.ofSeconds(10);

    /** The user whom the printed link signs in, the first administrator, and for whom this machine's own commands act. */
    public static final String OWNER = "owner";

    private final ServletWebServerApplicationContext context;
    private final DataDirectory data;
    private final URI url;
    private final Supervisor supervisor;
    private final Sweeper sweeper;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Platform(ServletWebServerApplicationContext context, DataDirectory data, WorkerCommand command) {
        var settings = context.getBean(Settings.class);
        this.context = context;
        this.data = data;
        this.url = URI.create("http://" + reachable(settings.host()) + ":"
                + Objects.requireNonNull(context.getWebServer()).getPort());
        this.supervisor =
                new Supervisor(context.getBean(Leases.class), command, workerEnvironment(settings), WORKER_GRACE);
        this.sweeper = new Sweeper(
                context.getBean(Leases.class), context.getBean(Assets.class), context.getBean(References.class));
    }

    /**
     * Starts a platform.
     *
     * @throws SettingsException when it cannot start with these settings
     * @throws PlatformRunningException when another one holds the data directory
     */
    public static Platform start(Settings settings) {
        return start(settings, WorkerCommand.jvm(WORKER_MAIN, WORKER_HEAP));
    }

    /**
     * Starts a platform with other workers.
     *
     * @param workers how worker processes are started
     */
    public static Platform start(Settings settings, WorkerCommand workers) {
        return start(settings, workers, JobStreams.Settings.USUAL);
    }

    static Platform start(Settings settings, WorkerCommand workers, JobStreams.Settings streams) {
        return start(settings, workers, streams, new BeanPostProcessor() {});
    }

    /** @param around what is put around the platform's parts */
    static Platform start(
            Settings settings, WorkerCommand workers, JobStreams.Settings streams, BeanPostProcessor around) {
        var secrets = Secrets.of(settings);
        var data = DataDirectory.take(settings.data());
        try {
            var platform = new Platform(serve(settings, secrets, data, streams, around), data, workers);
            platform.open(settings);
            return platform;
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
    }

    /** Issues and checks tokens as a platform with these settings does; needs none to run. */
    public static Tokens tokens(Settings settings) {
        return settings.accounts().tokens(settings, Secrets.jwt(settings), InstantSource.system());
    }

    /** Where it listens, as this machine reaches it. */
    public URI url() {
        return url;
    }

    /** A token for the user, who need not exist yet. */
    public String token(String userName) {
        var tokens = context.getBean(Tokens.class);
        return context.getBean(AccountStore.class)
                .find(userName)
                .map(tokens::issue)
                .orElseGet(() -> tokens.issue(userName));
    }

    /** Opens the platform in a browser, signed in. */
    public URI signInLink() {
        return url.resolve("/login?token=" + URLEncoder.encode(token(OWNER), StandardCharsets.UTF_8));
    }

    /** Gives out no more work, ends the event streams, stops the workers while they can still report, and then the server. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try (data;
                context;
                sweeper;
                supervisor) {
            context.getBean(OpenLeases.class).stop();
            context.getBean(JobStreams.class).close();
        }
        LOG.info("OurVidz stopped");
    }

    private void open(Settings settings) {
        try {
            context.getBean(AccountStore.class).create(OWNER, true, Optional.empty());
            context.getBean(LedgerCheck.class).run();
            sayWhatIsMissing(settings);
            supervisor.start(settings.lanes());
            sweeper.start();
            data.announce(url);
            LOG.info("OurVidz runs at {}, data in {}", url, settings.data());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static void sayWhatIsMissing(Settings settings) {
        if (!settings.lanes().containsAll(settings.workers())) {
            LOG.warn(
                    "wan_queue has no worker, and its jobs are refused while none comes from elsewhere: there is no checkpoint at {}; OURVIDZ_WAN_MODEL names another",
                    settings.wanModel());
        }
    }

    private Map<String, String> workerEnvironment(Settings settings) {
        var environment = new HashMap<>(Map.of(
                "OURVIDZ_SERVER", url.toString(),
                "OURVIDZ_WORKER_KEY", context.getBean(Secrets.class).workerKey(),
                "OURVIDZ_SDXL_MODEL", settings.sdxlModel().toString(),
                "OURVIDZ_WAN_MODEL", settings.wanModel().toString(),
                "OURVIDZ_DEVICE", settings.device(),
                "OURVIDZ_PREVIEWS", settings.previews() ? "on" : "off",
                "OURVIDZ_WATCH_STDIN", "1",
                "OURVIDZ_LOG_FORMAT", "text", // which this server reads, and writes in its own format

                // so that a job is given back before the supervisor's patience ends
                "OURVIDZ_WORKER_GRACE", Long.toString(WORKER_GRACE.toSeconds() - 2)));
        environment.putAll(settings.enhancer().environment());
        settings.sdxlConfig().ifPresent(folder -> environment.put("OURVIDZ_SDXL_CONFIG", folder.toString()));
        settings.dtype().ifPresent(dtype -> environment.put("OURVIDZ_DTYPE", dtype));
        settings.threads().ifPresent(threads -> environment.put("OURVIDZ_THREADS", Integer.toString(threads)));
        return environment;
    }

    private static ServletWebServerApplicationContext serve(
            Settings settings,
            Secrets secrets,
            DataDirectory data,
            JobStreams.Settings streams,
            BeanPostProcessor around) {
        var application = new SpringApplication(Application.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> {
            context.getBeanFactory().addBeanPostProcessor(around);
            if (context instanceof GenericApplicationContext beans) {
                beans.registerBean(Settings.class, () -> settings);
                beans.registerBean(Secrets.class, () -> secrets);
                beans.registerBean(JobStreams.Settings.class, () -> streams);
                beans.registerBean(DataDirectory.class, () -> data, bean -> bean.setDestroyMethodName(""));
            }
        });
        try {
            return (ServletWebServerApplicationContext) application.run(
                    "--spring.config.location=classpath:/com/ourvidz/server/server.properties",
                    "--server.address=" + settings.host(),
                    "--server.port=" + settings.port());
        } catch (RuntimeException e) {
            if (portInUse(e)) {
                throw SettingsException.of("OURVIDZ_PORT", "names port " + settings.port() + ", which is in use.");
            }
            throw e;
        }
    }

    private static boolean portInUse(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).anyMatch(PortInUseException.class::isInstance);
    }

    /** An address to listen on everywhere is none to call. */
    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> host.contains(":") ? "[" + host + "]" : host;
        };
    }
}
