package com.ourvidz.cli;

import com.ourvidz.core.catalog.JobType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ourvidz generate}: from a prompt to files in a folder, through a platform as any client uses it. */
@Command(
        name = "generate",
        description = {
            "Makes pictures from a prompt, or a video.",
            "Starts the platform for it and stops it again, unless one is running on the same data or --server names one."
        },
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PROMPT", description = "What to draw.")
    private String prompt = "";

    @Option(
            names = "--type",
            paramLabel = "JOB_TYPE",
            description = "The job type, such as image_fast or video_fast. Default: ${DEFAULT-VALUE}")
    private String type = "sdxl_image_fast";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Picture k of several has seed N + k. Drawn when not given.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--count", paramLabel = "1|3|6", description = "How many pictures. Default: ${DEFAULT-VALUE}")
    private int count = 1;

    @Option(names = "--negative", paramLabel = "TEXT", description = "What not to draw.")
    private Optional<String> negative = Optional.empty();

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of("out");

    @Option(names = "--server", paramLabel = "URL", description = "A running platform to use; needs --token.")
    private Optional<URI> server = Optional.empty();

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "What 'ourvidz token' printed for the platform of --server.")
    private Optional<String> token = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Times times = new Times();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var connection = connect();
                var following = new Following(connection)) {
            times.lap("start");
            var job = following.follow(new JobRequest(type, prompt, negative, count, seed));
            if (!job.isCompleted()) {
                System.err.println(job.failure());
                return ExitCode.SOFTWARE;
            }
            save(connection.api(), job);
            addTimes(job);
            System.out.println(times.line());
            return ExitCode.OK;
        }
    }

    private Connection connect() {
        if (server.isPresent() != token.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--server and --token go together");
        }
        return server.isPresent() ? Connection.to(server.get(), token.orElseThrow()) : LocalPlatform.connect(type);
    }

    private void save(ApiClient api, JobView job) throws IOException, InterruptedException {
        Files.createDirectories(out);
        var index = 0;
        for (var asset : job.assets()) {
            var file = FileNames.free(out, prompt, job.seed(index), extension());
            Files.write(file, api.download(asset));
            System.out.println(file + "  seed " + job.seed(index));
            index++;
        }
    }

    private String extension() {
        return JobType.of(type).orElseThrow().output().extension();
    }

    private void addTimes(JobView job) {
        job.queued().ifPresent(queued -> times.add("queue", queued));
        job.timings().forEach(times::add);
    }
}
