package camelbell.operations;

import camelbell.model.Directory;
import camelbell.model.Person;
import camelbell.rest.Answer;
import java.util.Map;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Lets ADMIN users pass, by the role that the directory has now; everybody else gets 403. */
@Component("adminAuthorization")
class AdminAuthorization {

    private final Directory directory;

    AdminAuthorization(Directory directory) {
        this.directory = directory;
    }

    Answer pass(Map<String, Object> headers, Function<AdminCall, Answer> work) {
        AdminCall call = AdminCall.of(headers);
        Person caller = directory.person(call.user());
        boolean admin = caller != null && caller.active() && caller.role().equals("ADMIN");
        if (!admin) {
            return Answer.forbidden();
        }
        String unusable = call.parameters().withNul();
        return unusable == null ? work.apply(call) : Answer.invalid(unusable, "Write it without NUL.");
    }
}
