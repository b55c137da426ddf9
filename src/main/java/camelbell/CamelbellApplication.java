package camelbell;

import camelbell.operations.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class CamelbellApplication {

    public static void main(String[] args) {
        if (Commands.understand(args)) {
            System.exit(Commands.run(args));
        }
        SpringApplication.run(CamelbellApplication.class, args);
    }
}
