package camelbell.runtime.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the hub says of itself that it is not well, and when it gives itself up.
 *
 * @param lookEvery time between two looks at the consumers and at REST
 * @param stall intake that has not moved for so long although there is lag, or a consumer that has neither polled nor committed, is not well
 * @param answerWithin a loop, the workers and the public port answer a probe within this
 * @param loopStands an event loop that has not turned for so long never will
 * @param memoryFull per cent of the old generation that are still in use after a collection: memory is full
 * @param memoryFor full for so long, memory does not come back
 * @param restarts how often in a row a consumer that ended is started again
 * @param exit whether the process ends when only a restart mends it
 * @param exitGrace longest time for an orderly end, then it is halted
 */
@ConfigurationProperties("camelbell.health")
public record HealthProperties(
        @DefaultValue("2s") Duration lookEvery,
        @DefaultValue("30s") Duration stall,
        @DefaultValue("5s") Duration answerWithin,
        @DefaultValue("60s") Duration loopStands,
        @DefaultValue("95") int memoryFull,
        @DefaultValue("30s") Duration memoryFor,
        @DefaultValue("8") int restarts,
        @DefaultValue("true") boolean exit,
        @DefaultValue("20s") Duration exitGrace) {}
