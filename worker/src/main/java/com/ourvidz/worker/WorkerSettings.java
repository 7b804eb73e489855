package com.ourvidz.worker;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.diffusion.lora.LoraFile;
import com.ourvidz.diffusion.sdxl.Options.Prompts;
import com.ourvidz.diffusion.tensor.Device;
import com.ourvidz.diffusion.tensor.DeviceException;
import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.enhancer.EnhancerSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * What the worker is told by environment variables.
 *
 * @param server {@code OURVIDZ_SERVER}, the URL that the server answers at
 * @param key {@code OURVIDZ_WORKER_KEY}
 * @param id {@code OURVIDZ_WORKER_ID}; one is made when it is not set
 * @param queue {@code OURVIDZ_WORKER_QUEUE}, {@code sdxl_queue} when not set
 * @param model of the queue: {@code OURVIDZ_SDXL_MODEL}, a checkpoint folder or a single file, or {@code OURVIDZ_WAN_MODEL}, a checkpoint
 *     folder; the shipped one when not set and known where
 * @param sdxlConfig {@code OURVIDZ_SDXL_CONFIG}, a folder with what a single file leaves open, tokenizers among it; with a single file only
 * @param loras {@code OURVIDZ_SDXL_LORAS}, such as {@code fox-style.safetensors:0.8,snow.safetensors:0.5}; none when not set
 * @param prompts {@code OURVIDZ_PROMPT_WEIGHTS}, {@code on} or {@code off}: whether long prompts are read to their end and weights in them
 *     honoured; {@code on} when not set
 * @param precision {@code OURVIDZ_DTYPE}, {@code float32}, {@code bfloat16} or {@code float16}; the library chooses when not set
 * @param threads {@code OURVIDZ_THREADS}; the library chooses when not set
 * @param grace {@code OURVIDZ_WORKER_GRACE}, seconds that a job has to end after SIGTERM; 10 when not set
 * @param watchStdin {@code OURVIDZ_WATCH_STDIN=1}: end when standard input does, which is how a child notices that its server died
 * @param generation the operator's steps, guidance and samplers
 * @param previews {@code OURVIDZ_PREVIEWS}, {@code on} when not set
 * @param device {@code OURVIDZ_DEVICE}, {@code auto} when not set: the first GPU, or the CPU where there is none
 * @param modelMemory {@code OURVIDZ_MODEL_MEMORY}, such as {@code 35GB}: how many bytes loaded models may take; see {@link ModelMemory#of}
 *     when not set
 * @param enhancer of prompts: {@code OURVIDZ_ENHANCER_…}
 */
record WorkerSettings(
        URI server,
        String key,
        String id,
        Queue queue,
        Path model,
        Optional<Path> sdxlConfig,
        List<LoraFile> loras,
        Prompts prompts,
        Optional<Precision> precision,
        OptionalInt threads,
        Duration grace,
        boolean watchStdin,
        OperatorGeneration generation,
        boolean previews,
        Device device,
        Optional<Long> modelMemory,
        EnhancerSettings enhancer) {

    static WorkerSettings of(Map<String, String> environment) {
        var read = new Environment(environment);
        return new WorkerSettings(
                server(read),
                read.required("OURVIDZ_WORKER_KEY"),
                read.text("OURVIDZ_WORKER_ID").orElseGet(() -> "worker-" + UUID.randomUUID()),
                queue(read),
                model(read, queue(read)),
                sdxlConfig(read, queue(read)),
                read.text("OURVIDZ_SDXL_LORAS").map(WorkerSettings::loras).orElse(List.of()),
                read.text("OURVIDZ_PROMPT_WEIGHTS").map(WorkerSettings::prompts).orElse(Prompts.WEIGHTED),
                read.text("OURVIDZ_DTYPE").map(WorkerSettings::precision),
                read.integer("OURVIDZ_THREADS", 1),
                Duration.ofSeconds(read.integer("OURVIDZ_WORKER_GRACE", 0).orElse(10)),
                read.text("OURVIDZ_WATCH_STDIN").isPresent(),
                OperatorGeneration.of(read),
                previews(read),
                device(read),
                read.size("OURVIDZ_MODEL_MEMORY"),
                enhancer(read));
    }

    private static URI server(Environment read) {
        var url = read.required("OURVIDZ_SERVER");
        try {
            var uri = URI.create(url);
            if ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw unusable("OURVIDZ_SERVER", url, "a URL that starts with http:// or https://");
        }
        throw unusable("OURVIDZ_SERVER", url, "a URL that starts with http:// or https://");
    }

    private static Queue queue(Environment read) {
        var id = read.text("OURVIDZ_WORKER_QUEUE").orElse(Queue.SDXL_QUEUE.id());
        return Queue.of(id).orElseThrow(() -> unusable("OURVIDZ_WORKER_QUEUE", id, "sdxl_queue or wan_queue"));
    }

    private static Path model(Environment read, Queue queue) {
        return switch (queue) {
            case SDXL_QUEUE ->
                model(read, "OURVIDZ_SDXL_MODEL", "starter-sdxl", "an SDXL checkpoint, or a .safetensors file");
            case WAN_QUEUE -> model(read, "OURVIDZ_WAN_MODEL", "starter-wan", "a WAN 2.1 checkpoint");
        };
    }

    private static Path model(Environment read, String setting, String shipped, String kind) {
        return read.text(setting)
                .or(() -> Optional.ofNullable(System.getProperty("ourvidz.home"))
                        .map(home -> home + "/models/" + shipped))
                .map(Path::of)
                .orElseThrow(() -> new SettingsException(setting + " is not set: give it the folder of " + kind + "."));
    }

    private static Optional<Path> sdxlConfig(Environment read, Queue queue) {
        if (queue != Queue.SDXL_QUEUE) {
            return Optional.empty();
        }
        var model = model(read, queue);
        var config = read.text("OURVIDZ_SDXL_CONFIG").map(Path::of);
        if (config.isEmpty() && Files.isRegularFile(model)) {
            throw new SettingsException("OURVIDZ_SDXL_CONFIG is not set: the single file " + model
                    + " needs a folder in the diffusers layout with its tokenizers.");
        }
        if (config.isPresent() && Files.isDirectory(model)) {
            throw new SettingsException("OURVIDZ_SDXL_CONFIG is set, and the folder " + model
                    + " has its own settings: it is for a single .safetensors file only.");
        }
        return config;
    }

    private static List<LoraFile> loras(String list) {
        try {
            return Arrays.stream(list.split(",", -1))
                    .map(String::strip)
                    .map(LoraFile::parse)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw unusable("OURVIDZ_SDXL_LORAS", list, "path:weight,path:weight with a number for each weight");
        }
    }

    private static Prompts prompts(String weights) {
        return switch (weights) {
            case "on" -> Prompts.WEIGHTED;
            case "off" -> Prompts.PLAIN;
            default -> throw unusable("OURVIDZ_PROMPT_WEIGHTS", weights, "on or off");
        };
    }

    private static Device device(Environment read) {
        var name = read.text("OURVIDZ_DEVICE").orElse("auto");
        try {
            var device = Device.parse(name);
            device.requirePresent();
            return device;
        } catch (IllegalArgumentException e) {
            throw unusable("OURVIDZ_DEVICE", name, "auto, cpu, cuda or cuda:N");
        } catch (DeviceException e) {
            throw new SettingsException("OURVIDZ_DEVICE is '" + name + "'. " + e.getMessage());
        }
    }

    private static EnhancerSettings enhancer(Environment read) {
        try {
            return EnhancerSettings.read(read::text);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }

    private static boolean previews(Environment read) {
        var word = read.text("OURVIDZ_PREVIEWS").orElse("on");
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> throw unusable("OURVIDZ_PREVIEWS", word, "on or off");
        };
    }

    private static Precision precision(String name) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> unusable("OURVIDZ_DTYPE", name, "float32, bfloat16 or float16"));
    }

    static SettingsException unusable(String name, String value, String expected) {
        return new SettingsException("%s is '%s' where %s is expected.".formatted(name, value, expected));
    }
}
