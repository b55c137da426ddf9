package camelbell.operations;

import camelbell.rest.Ids;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the id of a person as the directory has them: a whole number from 1 on. */
final class UserId implements ITypeConverter<Long> {

    @Override
    public Long convert(String value) {
        Long id = Ids.of(value);
        if (id == null || id == 0) {
            throw new TypeConversionException("'" + value + "' is no user's id: those are whole numbers from 1 on");
        }
        return id;
    }
}
