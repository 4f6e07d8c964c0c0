package clientkpis.deployed;

import java.util.Optional;

class MiniStackTest extends StackTest {
    @Override
    Optional<String> absence() {
        return Clouds.absent("ministack", MiniStackTestCloud::missing);
    }

    @Override
    SamTestCloud start() throws Exception {
        return new MiniStackTestCloud();
    }
}
