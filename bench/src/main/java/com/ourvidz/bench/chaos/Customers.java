package com.ourvidz.bench.chaos;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.json.JsonMapper;

/** Users, a virtual thread each, who order, wait, order again, cancel, and say again what was not answered. */
final class Customers {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int MOST_WAITING = 3;

    /** An order that was acknowledged: under which key, and as which job. */
    record Order(String key, String job, int images) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final Processes processes;
    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private Customers(Processes processes) {
        this.processes = processes;
    }

    /** Tells the platform where each user wants to be told, and lets them begin. */
    static Customers start(Processes processes, Receiver receiver, long seed) throws InterruptedException {
        var customers = new Customers(processes);
        var tokens = processes.users();
        for (var user = 0; user < tokens.size(); user++) {
            customers.register(tokens.get(user), receiver.url(user));
        }
        for (var user = 0; user < tokens.size(); user++) {
            customers.begin(tokens.get(user), new SplittableRandom(seed + user + 1));
        }
        return customers;
    }

    /** Lets everybody finish the sentence that they are in, and tells what was ordered and acknowledged. */
    List<Order> stop() throws InterruptedException {
        stopped = true;
        for (var thread : threads) {
            thread.join();
        }
        return List.copyOf(orders);
    }

    /** What went against a user's expectations at once. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void register(String token, String url) throws InterruptedException {
        var answer = persistently(request(token, "/api/webhooks")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"url\": \"%s\"}".formatted(url))));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("A webhook was answered with " + answer.body());
        }
    }

    private void begin(String token, SplittableRandom random) {
        threads.add(Thread.ofVirtual().start(() -> live(token, random)));
    }

    private void live(String token, SplittableRandom random) {
        try {
            while (!stopped) {
                var waiting = new ArrayList<String>();
                for (var i = 0; i <= random.nextInt(MOST_WAITING); i++) {
                    waiting.add(order(token, random));
                }
                if (random.nextInt(5) == 0) {
                    cancel(token, waiting.getFirst());
                }
                for (var job : waiting) {
                    await(token, job);
                }
                if (random.nextBoolean()) {
                    cancel(token, waiting.getFirst()); // too late, or for the second time
                }
            }
        } catch (IllegalStateException e) {
            complaints.add(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String order(String token, SplittableRandom random) throws InterruptedException {
        var key = UUID.randomUUID().toString();
        var images = random.nextInt(3) == 0 ? 3 : 1;
        var job = order(token, key, images);
        orders.add(new Order(key, job, images));
        if (random.nextInt(5) == 0) {
            orders.add(new Order(key, order(token, key, images), images)); // as if the answer had been lost
        }
        return job;
    }

    private String order(String token, String key, int images) throws InterruptedException {
        var body = """
                {"jobType": "sdxl_image_fast", "metadata": {"prompt": "a fox in snow", "num_images": %d}}""".formatted(images);
        var answer = persistently(request(token, "/api/queue-job")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("An order was answered with " + answer.body());
        }
        return JSON.readTree(answer.body()).at("/job/id").asString();
    }

    private void cancel(String token, String job) throws InterruptedException {
        persistently(request(token, "/api/jobs/" + job).DELETE());
    }

    private void await(String token, String job) throws InterruptedException {
        while (!stopped) {
            var answer = persistently(request(token, "/api/jobs/" + job).GET());
            if (List.of("completed", "failed")
                    .contains(JSON.readTree(answer.body()).path("status").asString(""))) {
                return;
            }
            Thread.sleep(200);
        }
    }

    private HttpRequest.Builder request(String token, String path) {
        return HttpRequest.newBuilder(processes.url().resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token);
    }

    /** Until there is an answer that is not the server's own trouble: a server that is killed gives none for a while. */
    private HttpResponse<String> persistently(HttpRequest.Builder request) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            try {
                var answer = http.send(request.build(), BodyHandlers.ofString());
                if (answer.statusCode() < 500) {
                    return answer;
                }
            } catch (IOException e) {
                // it is being killed
            }
            Thread.sleep(200);
        }
        throw new IllegalStateException("No answer to " + request.build());
    }
}
