package camelbell.runtime.page;

import camelbell.runtime.http.PublicPortTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** The public port with what it serves without a route: one for all tests of it. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = PublicPortTest.PublicPortHub.class,
        properties = {
            "camelbell.http.port=0",
            "camelbell.websocket.frames-per-second=1000",
            "camelbell.http.trusted-proxies=127.0.0.0/8",
            "server.port=0",
            "management.server.port=0",
            "camel.main.routes-include-pattern=classpath:http/public-port.camel.yaml",
            "spring.autoconfigure.exclude=" + PublicPortTest.EXCLUDED
        })
@interface ServedPages {}
