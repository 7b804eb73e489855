package com.ourvidz.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

class ErrorAdviceTest {

    @Test
    void line55AFullDiskIs503WhereverItIsNoticed() {
        for (var full : new Exception[] {
            new IOException("No space left on device"),
            new IllegalStateException("commit", new IOException("[SQLITE_FULL] database or disk is full"))
        }) {
            var answer = new ErrorAdvice().unexpected(full);
            assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
            assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isNotNull();
            assertThat(answer.getBody())
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsAllEntriesOf(Map.of("success", false, "retryable", true));
        }
    }

    @Test
    void whatNobodyExpectedIs500WithAWordToFindItInTheLog() {
        var answer = new ErrorAdvice().unexpected(new IllegalStateException("a secret of the inside"));
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
        assertThat(answer.getBody())
                .asString()
                .contains("success=false", "details=")
                .doesNotContain("secret");
    }
}
