package com.ourvidz.server.http;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.math.BigDecimal;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/** What {@code /openapi.json} says beyond the routes themselves: who may call, and how errors look. */
@Configuration(proxyBeanMethods = false)
public class ApiDescription {

    private static final String ERROR = "Error";
    private static final String USER = "user";
    private static final String WORKER = "worker";
    private static final List<String> FLAGS =
            List.of("retryable", "referenceImageError", "invalidQuantity", "invalidSeed");

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info().title("OurVidz").version("1").description("Images and videos from text."))
                .components(new Components()
                        .addSecuritySchemes(
                                USER,
                                bearer("A token as `ourvidz token` prints it.").bearerFormat("JWT"))
                        .addSecuritySchemes(WORKER, bearer("The worker key.")));
    }

    @Bean
    OpenApiCustomizer errorsAndAccess() {
        return api -> {
            api.getComponents().addSchemas(ERROR, error());
            api.getPaths()
                    .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                        operation.getResponses().addApiResponse(ApiResponses.DEFAULT, errorAnswer());
                        var schemes = access(method, path);
                        schemes.forEach(scheme -> require(operation, scheme));
                        if (!schemes.contains(WORKER)) {
                            operation.getResponses().addApiResponse("429", tooManyRequests());
                        }
                    }));
        };
    }

    private static List<String> access(HttpMethod method, String path) {
        if (method == HttpMethod.POST && path.equals("/api/session")) {
            return List.of();
        }
        if (path.startsWith("/worker/") || path.equals("/api/job-callback")) {
            return List.of(WORKER);
        }
        return path.startsWith("/api/") ? List.of(USER) : List.of();
    }

    private static void require(Operation operation, String scheme) {
        operation.addSecurityItem(new SecurityRequirement().addList(scheme));
    }

    /** Of everybody but workers, who are not counted. */
    private static ApiResponse tooManyRequests() {
        return errorAnswer()
                .description(
                        "Too many requests, tries or jobs at a time. The body's `retryAfterSeconds`, where it has one, says the same"
                                + " as the header.")
                .addHeaderObject(
                        HttpHeaders.RETRY_AFTER,
                        new Header()
                                .required(true)
                                .description("Seconds after which trying again makes sense.")
                                .schema(new IntegerSchema().minimum(BigDecimal.ONE)));
    }

    private static ApiResponse errorAnswer() {
        var schema = new Schema<>().$ref(Components.COMPONENTS_SCHEMAS_REF + ERROR);
        return new ApiResponse()
                .description("What was wrong.")
                .content(new Content().addMediaType("application/json", new MediaType().schema(schema)));
    }

    private static Schema<?> error() {
        var schema = new ObjectSchema();
        schema.addProperty("success", new BooleanSchema()._default(false));
        schema.addProperty("error", new StringSchema().description("For the user."));
        schema.addProperty("details", new StringSchema().description("For debugging."));
        schema.addProperty("suggestedAction", new StringSchema());
        schema.addProperty("validJobTypes", new ArraySchema().items(new StringSchema()));
        schema.addProperty("code", new StringSchema());
        schema.addProperty(
                "retryAfterSeconds",
                new IntegerSchema().minimum(BigDecimal.ONE).description("After which trying again makes sense."));
        FLAGS.forEach(flag -> schema.addProperty(flag, new BooleanSchema()));
        schema.setRequired(List.of("success", "error"));
        return schema;
    }

    private static SecurityScheme bearer(String description) {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(description);
    }
}
