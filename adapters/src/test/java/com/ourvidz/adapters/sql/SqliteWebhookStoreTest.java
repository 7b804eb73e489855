package com.ourvidz.adapters.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.adapters.WebhookStoreContract;
import com.ourvidz.core.job.JobState;
import org.junit.jupiter.api.Test;

class SqliteWebhookStoreTest extends SqliteFixture implements WebhookStoreContract {

    @Test
    void aJobDoesNotEndWithoutItsEvent() {
        endpoint(ANN);
        var job = accepted(ANN);
        var fence = claimed();
        var assets = stagedAll(fence, 1);
        database.transaction(transaction -> transaction.sql("""
                CREATE TRIGGER broken BEFORE INSERT ON webhook_deliveries
                BEGIN SELECT RAISE(ABORT, 'broken'); END""").update());

        assertThatThrownBy(() -> completed(fence, assets)).hasMessageContaining("broken");

        assertThat(status(job)).isEqualTo(JobState.Status.PROCESSING);
        database.transaction(
                transaction -> transaction.sql("DROP TRIGGER broken").update());
        assertThat(completed(fence, assets)).isTrue();
    }
}
