package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code ourvidz serve} writes down with {@code OURVIDZ_LOG_FORMAT=json}. */
class LogFormatTest {

    @TempDir
    private Path folder;

    @Test
    void line21InJsonEveryRecordIsOneLineAndThoseOfAJobCarryItsIdFromServerAndWorker()
            throws IOException, InterruptedException {
        var log = folder.resolve("log");
        var builder = new ProcessBuilder(Java.command(Main.class, "serve")).redirectError(log.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // a JVM that has some says so, which is no record
        builder.environment().put("OURVIDZ_PORT", "0");
        builder.environment().put("OURVIDZ_DATA", folder.resolve("data").toString());
        builder.environment().put("OURVIDZ_WORKERS", "sdxl_queue");
        builder.environment().put("OURVIDZ_LOG_FORMAT", "json");
        builder.environment().put("ourvidz.log", "DEBUG");
        builder.environment()
                .put(
                        "OURVIDZ_SDXL_MODEL",
                        Checkpoints.starter(folder.resolve("model"), 30).toString());
        var server = builder.start();
        UUID job;
        try (var output = server.inputReader()) {
            var url = URI.create(output.readLine().replace("OurVidz runs at ", ""));
            var api = new ApiClient(url, output.readLine().replaceFirst(".*token=", ""));
            job = api.submit(new JobRequest(
                            "sdxl_image_fast",
                            "a fox\r\n{\"level\":\"ERROR\",\"message\":\"forged\"}\u001b[31m",
                            Optional.empty(),
                            1,
                            Optional.of(7L)))
                    .id();
            Await.until("the end of the job", () -> ended(api, job), ended -> ended);
        } finally {
            server.destroy();
            server.waitFor();
        }
        var records = Files.readAllLines(log).stream().map(LogFormatTest::json).toList();
        var ofJob = records.stream()
                .filter(record -> record.path("job").asString("").equals(job.toString()))
                .toList();
        assertThat(ofJob).extracting(record -> record.get("logger").asString()).contains("com.ourvidz.jobs");
        assertThat(ofJob)
                .filteredOn(record -> record.get("logger").asString().startsWith("com.ourvidz.worker."))
                .extracting(record -> record.get("message").asString())
                .anyMatch(message -> message.contains("Completed in"));
        assertThat(records.stream()
                        .filter(record -> record.get("message").asString().equals("forged")))
                .isEmpty();
        assertThat(ofJob)
                .extracting(record -> record.get("message").asString())
                .anyMatch(message -> message.contains("forged"));
    }

    private static boolean ended(ApiClient api, UUID job) {
        try {
            return api.job(job).hasEnded();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(String line) {
        return new JsonMapper().readTree(line);
    }
}
