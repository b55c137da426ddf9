package camelbell.runtime.start;

import camelbell.model.TakenPort;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.web.server.PortInUseException;

/** Names the key of the management port when that is taken; the public port has {@code PublicPort}. */
class ManagementPortAnalyzer extends AbstractFailureAnalyzer<PortInUseException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PortInUseException cause) {
        return new FailureAnalysis(
                "Port " + cause.getPort() + " for health and metrics is taken by another process"
                        + TakenPort.holder(cause.getPort())
                        + " Stop that one, or set management.server.port to a free port.",
                null,
                cause);
    }
}
