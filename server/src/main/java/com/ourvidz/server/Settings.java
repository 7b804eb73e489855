package com.ourvidz.server;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.enhancer.EnhancerSettings;
import com.ourvidz.server.limit.RateLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can choose; see {@link #read} for the names. All of it is checked, and all of it has a working default.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param data where the embedded default keeps everything
 * @param workers the queues for which worker processes are started
 * @param sdxlModel a checkpoint: a folder in the diffusers layout, or a single file
 * @param sdxlConfig a folder with what the single file leaves open; with one only
 * @param wanModel a checkpoint's folder, which may be missing where it is the shipped one; see {@link #lanes}
 * @param jwtSecret the HS256 secret; when absent one is made and kept in the data directory
 * @param jwtIssuer required in every token when set
 * @param jwtAudience required in every token when set
 * @param workerKey what workers present; when absent one is made and kept in the data directory
 * @param credits what a new user starts with
 * @param queueLimit most waiting jobs in a queue
 * @param userQueueLimit most waiting jobs of a user
 * @param dtype precision of the models; the worker chooses when absent
 * @param threads compute threads of a worker; the worker chooses when absent
 * @param referenceHosts hosts that reference images may be fetched from, in lower case
 * @param generationLimit after which a job that is still generating fails
 * @param lease for how long a worker holds a job after each heartbeat
 * @param previews whether workers show what they are making
 * @param device what workers compute on: auto, cpu, cuda or cuda:N
 * @param webhookHosts hosts that webhooks may lead to wherever they are, in lower case
 * @param accounts issuers of tokens, and prices
 * @param operation what may be made, and what is written down of it
 * @param uploads what is asked of uploads
 * @param enhancer who enhances prompts, and how
 * @param rateLimits most requests a minute of a user, and of an address without a user
 */
public record Settings(
        String host,
        int port,
        Path data,
        Set<Queue> workers,
        Path sdxlModel,
        Optional<Path> sdxlConfig,
        Path wanModel,
        Optional<String> jwtSecret,
        Optional<String> jwtIssuer,
        Optional<String> jwtAudience,
        Optional<String> workerKey,
        long credits,
        int queueLimit,
        int userQueueLimit,
        Optional<String> dtype,
        OptionalInt threads,
        Set<String> referenceHosts,
        Duration generationLimit,
        Duration lease,
        boolean previews,
        String device,
        Set<String> webhookHosts,
        AccountSettings accounts,
        OperationSettings operation,
        UploadSettings uploads,
        EnhancerSettings enhancer,
        RateLimits.Settings rateLimits) {

    private static final Pattern HOST = Pattern.compile("[a-z0-9._-]+|\\[[0-9a-f:.]+]");
    private static final String NO_WORKERS = "none";
    private static final Set<String> DTYPES = Set.of("float32", "bfloat16", "float16");

    /** Reads the {@code OURVIDZ_…} settings: a system property wins over an environment variable of the same name. */
    public static Settings read() {
        return read(Map.of());
    }

    /**
     * Reads the settings with some of them given.
     *
     * @param overrides by the names of the environment variables; they win over both
     * @throws SettingsException for a value that cannot be used
     */
    public static Settings read(Map<String, String> overrides) {
        var values = new Values(overrides);
        return new Settings(
                host(values),
                (int) values.number("OURVIDZ_PORT", 8080, 0, 65_535),
                Path.of(values.text("OURVIDZ_DATA").orElse("data")).toAbsolutePath(),
                workers(values),
                sdxlModel(values),
                sdxlConfig(values, sdxlModel(values)),
                wanModel(values),
                values.text("OURVIDZ_JWT_SECRET"),
                values.text("OURVIDZ_JWT_ISSUER"),
                values.text("OURVIDZ_JWT_AUDIENCE"),
                values.text("OURVIDZ_WORKER_KEY"),
                values.number("OURVIDZ_CREDITS", 1000, 0, 1_000_000_000),
                (int) values.number("OURVIDZ_QUEUE_LIMIT", 1000, 1, 1_000_000),
                (int) values.number("OURVIDZ_USER_QUEUE_LIMIT", 100, 1, 1_000_000),
                dtype(values),
                threads(values),
                hosts(values, "OURVIDZ_REFERENCE_HOSTS"),
                Duration.ofSeconds(values.number("OURVIDZ_GENERATION_LIMIT", 900, 1, 86_400)),
                Duration.ofSeconds(values.number("OURVIDZ_LEASE", 60, 1, 3_600)),
                values.flag("OURVIDZ_PREVIEWS", true),
                device(values),
                hosts(values, "OURVIDZ_WEBHOOK_HOSTS"),
                AccountSettings.read(values),
                OperationSettings.read(values::text),
                UploadSettings.of(values),
                enhancer(values),
                rateLimits(values));
    }

    /** The queues that get a worker process: those of {@link #workers} whose model is there. */
    public Set<Queue> lanes() {
        return workers.stream()
                .filter(queue -> queue != Queue.WAN_QUEUE || Files.exists(wanModel))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The queues that take jobs whether or not a worker has come yet; the others do while a worker from elsewhere serves them. */
    Set<Queue> open() {
        return Stream.concat(Stream.of(Queue.SDXL_QUEUE), lanes().stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static EnhancerSettings enhancer(Values values) {
        try {
            return EnhancerSettings.read(values::text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }

    private static String host(Values values) {
        var host = values.text("OURVIDZ_HOST").orElse("127.0.0.1");
        try {
            var address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null) {
                return host;
            }
        } catch (IOException e) {
            // said below, in the same sentence as for another machine's address
        }
        throw SettingsException.of("OURVIDZ_HOST", "must be an address of this machine, and '" + host + "' is none.");
    }

    private static Set<Queue> workers(Values values) {
        var names = values.text("OURVIDZ_WORKERS");
        if (names.isEmpty()) {
            return EnumSet.allOf(Queue.class);
        }
        if (names.get().equals(NO_WORKERS)) {
            return Set.of();
        }
        return Stream.of(names.get().split(","))
                .map(String::strip)
                .map(Settings::queue)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Queue.class)));
    }

    private static Queue queue(String name) {
        return Queue.of(name)
                .orElseThrow(() -> SettingsException.of(
                        "OURVIDZ_WORKERS",
                        "names '" + name + "', which is no queue: use "
                                + Stream.of(Queue.values()).map(Queue::id).collect(Collectors.joining(", "))
                                + ", or none."));
    }

    private static Path sdxlModel(Values values) {
        return model(values, "OURVIDZ_SDXL_MODEL", "starter-sdxl", "a checkpoint's folder or a .safetensors file");
    }

    private static Path wanModel(Values values) {
        return model(values, "OURVIDZ_WAN_MODEL", "starter-wan", "a checkpoint's folder");
    }

    private static Path model(Values values, String setting, String shipped, String kind) {
        var given = values.text(setting).map(Path::of);
        given.filter(path -> !Files.exists(path)).ifPresent(path -> {
            throw SettingsException.of(setting, "must be " + kind + ", and " + path + " is not there.");
        });
        return given.orElse(Path.of(System.getProperty("ourvidz.home", ""), "models", shipped))
                .toAbsolutePath();
    }

    private static Optional<Path> sdxlConfig(Values values, Path model) {
        var given = values.text("OURVIDZ_SDXL_CONFIG").map(Path::of).map(Path::toAbsolutePath);
        if (given.isEmpty() && Files.isRegularFile(model)) {
            throw SettingsException.of(
                    "OURVIDZ_SDXL_CONFIG",
                    "must be set for the single file " + model
                            + ": give it a folder in the diffusers layout with its tokenizers.");
        }
        given.filter(path -> !Files.isDirectory(path)).ifPresent(path -> {
            throw SettingsException.of("OURVIDZ_SDXL_CONFIG", "must be a folder, and " + path + " is none.");
        });
        given.filter(path -> Files.isDirectory(model)).ifPresent(path -> {
            throw SettingsException.of(
                    "OURVIDZ_SDXL_CONFIG",
                    "is for a single .safetensors file, and " + model + " is a folder with its own settings.");
        });
        return given;
    }

    private static Optional<String> dtype(Values values) {
        var given = values.text("OURVIDZ_DTYPE");
        given.filter(dtype -> !DTYPES.contains(dtype)).ifPresent(dtype -> {
            throw SettingsException.of("OURVIDZ_DTYPE", "must be float32, bfloat16 or float16, not '" + dtype + "'.");
        });
        return given;
    }

    private static String device(Values values) {
        var device = values.text("OURVIDZ_DEVICE").orElse("auto");
        if (!device.matches("auto|cpu|cuda(:\\d{1,2})?")) {
            throw SettingsException.of("OURVIDZ_DEVICE", "must be auto, cpu, cuda or cuda:N, not '" + device + "'.");
        }
        return device;
    }

    private static RateLimits.Settings rateLimits(Values values) {
        return new RateLimits.Settings((int) values.number("OURVIDZ_RATE_LIMIT", 600, 0, 1_000_000), (int)
                values.number("OURVIDZ_READ_RATE_LIMIT", 6000, 0, 1_000_000));
    }

    private static Set<String> hosts(Values values, String setting) {
        var hosts = values.text(setting).stream()
                .flatMap(names -> Stream.of(names.split(",")))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        hosts.stream().filter(host -> !HOST.matcher(host).matches()).findFirst().ifPresent(host -> {
            throw SettingsException.of(
                    setting, "must be host names and commas only, and '" + host + "' is no host name.");
        });
        return hosts;
    }

    private static OptionalInt threads(Values values) {
        var threads = values.number("OURVIDZ_THREADS", 0, 0, 1024);
        return threads == 0 ? OptionalInt.empty() : OptionalInt.of((int) threads);
    }

    /** Where values come from. An empty value counts as absent, as compose files write it. */
    record Values(Map<String, String> overrides) {

        Optional<String> text(String name) {
            return Stream.<@Nullable String>of(overrides.get(name), System.getProperty(name), System.getenv(name))
                    .flatMap(Stream::ofNullable)
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .findFirst();
        }

        long number(String name, long otherwise, long min, long max) {
            return text(name).map(text -> wholeNumber(name, text, min, max)).orElse(otherwise);
        }

        boolean flag(String name, boolean otherwise) {
            return text(name).map(text -> onOrOff(name, text)).orElse(otherwise);
        }

        private static boolean onOrOff(String name, String text) {
            return switch (text) {
                case "on" -> true;
                case "off" -> false;
                default -> throw SettingsException.of(name, "must be on or off, not '" + text + "'.");
            };
        }

        private static long wholeNumber(String name, String text, long min, long max) {
            try {
                var number = Long.parseLong(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below, in the same sentence as for a number out of range
            }
            throw SettingsException.of(
                    name, "must be a whole number from " + min + " to " + max + ", not '" + text + "'.");
        }
    }
}
