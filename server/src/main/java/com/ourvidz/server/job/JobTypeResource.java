package com.ourvidz.server.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.money.PriceList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be ordered. */
@RestController
public class JobTypeResource {

    private final PriceList prices;

    public JobTypeResource(PriceList prices) {
        this.prices = prices;
    }

    record JobTypes(@JsonProperty("job_types") List<JobTypeView> jobTypes) {}

    /** All job types, what each costs and supports. */
    @GetMapping("/api/job-types")
    JobTypes list() {
        return new JobTypes(Stream.of(JobType.values())
                .map(type -> JobTypeView.of(type, prices.of(type)))
                .toList());
    }
}
