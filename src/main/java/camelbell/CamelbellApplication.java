package camelbell;

import camelbell.check.Check;
import camelbell.identity.TokenMinter;
import camelbell.operations.Commands;
import camelbell.runtime.SimpleOperators;
import camelbell.status.OutboxRows;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class CamelbellApplication {

    public static void main(String[] args) {
        Commands commands =
                new Commands(TokenMinter::mint, OutboxRows::put, () -> new Check()::of, SimpleOperators::standalone);
        if (commands.understand(args)) {
            System.exit(commands.run(args));
        }
        try {
            SpringApplication.run(CamelbellApplication.class, args);
        } catch (RuntimeException reported) {
            System.exit(1); // Spring has said why; Camel's own threads would keep the process up
        }
    }
}
