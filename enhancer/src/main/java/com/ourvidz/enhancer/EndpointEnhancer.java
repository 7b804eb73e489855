package com.ourvidz.enhancer;

import com.ourvidz.enhancer.EnhancerSettings.Source.Endpoint;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A model behind a server that speaks OpenAI's protocol: vLLM, llama.cpp's server, Ollama and others. */
final class EndpointEnhancer implements Enhancer {

    /** The client's own timeout is not to come before ours, which says more. */
    private static final Duration AFTER_OURS = Duration.ofSeconds(5);

    private final Endpoint endpoint;
    private final EnhancerSettings settings;
    private final Instruction instruction;

    EndpointEnhancer(Endpoint endpoint, EnhancerSettings settings, Instruction instruction) {
        this.endpoint = endpoint;
        this.settings = settings;
        this.instruction = instruction;
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    /** The call's threads are its own, so that to end them is to end the call, whatever it waits for. */
    @Override
    public String enhance(EnhanceRequest request, Progress progress) throws EnhancerException, InterruptedException {
        var told = instruction.about(request);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var listening = ask(request, told, threads);
            return Cleaning.of(listening.await(settings.timeout(), progress), told);
        } finally {
            threads.shutdownNow();
        }
    }

    private Listening ask(EnhanceRequest request, String told, Executor threads) throws EnhancerException {
        var listening = new Listening();
        try {
            model(request.seed(), threads)
                    .chat(
                            List.of(SystemMessage.from(told), UserMessage.from(request.prompt())),
                            new Handler(listening));
            return listening;
        } catch (RuntimeException e) {
            throw new EnhancerException(
                    "the server cannot be asked: " + e.getClass().getSimpleName());
        }
    }

    private OpenAiStreamingChatModel model(long seed, Executor threads) {
        // Version 1.1: servers of Python take offence at an offer to go on with 2.
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads);
        return OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new JdkHttpClientBuilder().httpClientBuilder(http))
                .baseUrl(endpoint.url().toString())
                .apiKey(endpoint.key().orElse("none"))
                .modelName(endpoint.name())
                .temperature(settings.temperature())
                .maxTokens(settings.tokens())
                .seed((int) (seed & Integer.MAX_VALUE))
                .timeout(settings.timeout().plus(AFTER_OURS))
                .build();
    }

    private record Handler(Listening listening) implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String text) {
            listening.hear(new Said.Piece(text));
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            listening.hear(new Said.End(response.finishReason() != FinishReason.LENGTH));
        }

        @Override
        public void onError(Throwable error) {
            // its kind and no more: servers like to repeat what they were asked
            listening.hear(
                    new Said.Failed("the server failed: " + error.getClass().getSimpleName()));
        }
    }
}
