package camelbell.identity;

import camelbell.model.UserDecoder;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads records of the users topic for those who have them from elsewhere; ill-typed fields behave as they do there. */
@Component("userRecords")
class UserRecords implements UserDecoder {

    @Override
    public Decoded decode(byte[] value) {
        try {
            UserRecord.Read read = UserRecord.read(value);
            return new Decoded(read.person(), read.leftOut(), "");
        } catch (MalformedUserException e) {
            return new Decoded(null, List.of(), (e.pointer() + " " + e.getMessage()).strip());
        }
    }
}
