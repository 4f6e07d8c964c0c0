package clientkpis.deployed;

import java.util.Optional;

class LocalStackTest extends StackTest {
    @Override
    Optional<String> absence() {
        return Clouds.absent("localstack", LocalStackTestCloud::missing);
    }

    @Override
    SamTestCloud start() {
        return new LocalStackTestCloud();
    }
}
